// Package fault is a disk that fails and the acts that are done on it meanwhile. Disk stands between SQLite and the
// machine's files: it loses what was not synced when the power goes – dropped, torn or reordered as a seed says – and
// answers with errors, short reads and a full disk where a plan says so. Scene is a founded bureau on such a disk whose
// real commands many writers give at once, and that is asked afterwards whether every acknowledged act is there and none
// half (research of what breaks: Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020).
//
// It serves every duty by the tests that use it: what was recorded stays recorded (行政处罚法第四十七条: 全过程记录). It may
// import the driver of SQLite, the spine and the rooms; only tests import it.
package fault
