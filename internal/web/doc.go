// Package web serves pages: one server with the guards that every request passes, and one place where a refusal becomes
// a page. The faces (portal, desk, oversight, api) install themselves on it and know nothing of each other.
//
// It serves every duty through its faces, and by itself duty 2 (公示平台: 政府信息公开条例第二十三条、第二十四条) with pages that
// are answered from memory, readable without script, in large type and in high contrast (无障碍环境建设法第三十二条).
//
// A request passes, from outside in: the fault guard, the number of the request and its log line, the security headers,
// the refusal of foreign forms, the limits. A log line names the pattern of the address, never the address or what was
// searched for: what a citizen reads is the citizen's own business.
//
// It imports page and static below it, refusal and law for what people are told, and no room.
package web
