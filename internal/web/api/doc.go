// Package api is the face for programs: the published data as JSON, read only, described by OpenAPI 3.1.
//
// It serves duty 2 (公示平台) and duty 26 and 27 (数据共享): 政府信息公开条例第二十四条 (machine-readable download). It gives what
// the portal shows and nothing more; a withdrawn publication has no body here either. Errors are problem+json in Chinese.
//
// It imports package public of disclosure and nothing else of any room.
package api
