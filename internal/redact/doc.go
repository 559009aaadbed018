// Package redact finds personal data in a text that is about to be made public and replaces it, leaving a manifest of
// what was decided.
//
// It serves duty 2 (公示平台) and duty 10 (结果公开): a penalty decision of social effect is made public
// (行政处罚法第四十八条; the founding table asks for seven working days), yet personal privacy and personal information learnt in enforcement stay protected
// (行政处罚法第五十条, 政府信息公开条例第十五条, 个人信息保护法第三十四条), and records of minors are not published at all
// (未成年人保护法第一百零三条, 预防未成年人犯罪法第五十九条).
//
// No detector is good enough to publish unattended. The package therefore works from the case first (every name, number
// and address the case already knows), then from structure (check digits, number plans), and only then guesses names and
// addresses. A guess is a Span with Sure=false. Every span, sure or not, waits for a person's Decision; Unconfirmed says
// which still wait, Apply replaces what was accepted, and Scan looks at the finished artefact once more.
//
// The package is kernel: pure functions over strings, no IO, no clock. It imports the standard library, golang.org/x/text,
// package zh for the check digits, and its own parts: view (the text as it is searched) and person (guessed names).
package redact
