package access

import "mingjing/internal/law"

// The roles. An account may hold several; the policies keep them apart within one case.
const (
	RoleHandler       = string(law.RoleHandler)
	RoleUnitHead      = string(law.RoleUnitHead)
	RoleReviewer      = string(law.RoleReviewer)
	RoleApprover      = string(law.RoleApprover)
	RolePublisher     = string(law.RolePublisher)
	RoleChecker       = string(law.RoleChecker)
	RoleArchivist     = string(law.RoleArchivist)
	RoleSupervisor    = "supervisor"
	RoleAdministrator = "administrator"
	RoleAuditor       = "auditor"
)

// Roles lists every role in the order in which screens show them.
func Roles() []string {
	return []string{RoleHandler, RoleUnitHead, RoleReviewer, RoleApprover, RolePublisher, RoleChecker, RoleArchivist,
		RoleSupervisor, RoleAdministrator, RoleAuditor}
}

// RoleTitle is the Chinese name of a role; "" for what is none.
func RoleTitle(role string) string {
	switch role {
	case RoleHandler:
		return "承办人"
	case RoleUnitHead:
		return "科室负责人"
	case RoleReviewer:
		return "法制审核员"
	case RoleApprover:
		return "机关负责人"
	case RolePublisher:
		return "公示发布员"
	case RoleChecker:
		return "公示复核员"
	case RoleArchivist:
		return "档案管理员"
	case RoleSupervisor:
		return "监督人员"
	case RoleAdministrator:
		return "管理员"
	case RoleAuditor:
		return "审计员"
	}
	return ""
}

// needsSecondFactor tells whether holders of the role prove a second factor in a real agency: those whose act alone
// gives a decision or a publication its effect, and those who hand out such power.
func needsSecondFactor(role string) bool {
	switch role {
	case RoleApprover, RolePublisher, RoleChecker, RoleReviewer, RoleAdministrator:
		return true
	}
	return false
}
