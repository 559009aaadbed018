// Checks a publication against the public log in the browser alone: nothing that the server computes is believed. The text is
// hashed again, the entry is followed up the tree (RFC 6962), the checkpoint's signatures are verified (C2SP signed-note,
// tlog-cosignature). What is compared with is a key that the reader should have from somewhere else.
"use strict";
(() => {
  const box = document.querySelector("[data-verify]");
  if (!box) return;
  const steps = box.querySelector("[data-steps]"), verdict = box.querySelector("[data-verdict]");
  const utf8 = (text) => new TextEncoder().encode(text);
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const hex = (data) => Array.from(data, (b) => b.toString(16).padStart(2, "0")).join("");
  const same = (a, b) => a.length === b.length && a.every((v, i) => v === b[i]);
  const join = (...parts) => {
    const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => (out.set(p, at), at + p.length), 0);
    return out;
  };
  const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const fail = (text) => { throw new Error(text); };

  // The text of a publication as its hash takes it: seven lines, then the body.
  const textOf = (p) => [p.title, p.number, p.agency_name, p.party_name, p.result, p.basis, p.decided_on].map((f) => (f || "").replaceAll("\n", " ") + "\n").join("") + (p.body || "");

  // A verifier key "name+hash+key": the hash must be that of name and key.
  async function keyOf(text) {
    const parts = text.trim().match(/^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/) || fail("公钥的格式不对，应为“名称+8位校验值+公钥”");
    const raw = bytes(parts[3]), id = (await sha256(join(utf8(parts[1] + "\n"), raw))).slice(0, 4);
    if (hex(id) !== parts[2] || raw.length !== 33 || (raw[0] !== 1 && raw[0] !== 4)) fail("公钥与它的校验值不符");
    return { name: parts[1], id, type: raw[0], key: await crypto.subtle.importKey("raw", raw.slice(1), { name: "Ed25519" }, false, ["verify"]) };
  }

  // Who of the keys signed a note; the last byte of a cosignature's first eight is its time.
  async function signers(note, keys) {
    const cut = note.lastIndexOf("\n\n"), text = note.slice(0, cut + 1), found = [];
    for (const line of note.slice(cut + 2).split("\n")) {
      const m = line.match(/^— (\S+) (\S+)$/);
      if (!m) continue;
      const raw = bytes(m[2]);
      for (const k of keys) {
        if (k.name !== m[1] || !same(k.id, raw.slice(0, 4))) continue;
        const time = k.type === 4 ? new DataView(raw.buffer).getBigUint64(4) : 0n;
        const message = k.type === 4 ? "cosignature/v1\ntime " + time + "\n" + text : text;
        if (await crypto.subtle.verify({ name: "Ed25519" }, k.key, raw.slice(k.type === 4 ? 12 : 4), utf8(message))) found.push({ name: k.name, type: k.type, time: Number(time) });
        else fail("检查点上“" + k.name + "”的签名不成立");
      }
    }
    return { text, found };
  }

  // RFC 9162 §2.1.3.2: from a leaf's hash and its path to the root.
  async function rootOf(leaf, index, size, path) {
    let fn = index, sn = size - 1, r = await sha256(join([0], leaf));
    for (const p of path) {
      if (sn === 0) fail("证明的长度与日志不符");
      if (fn % 2 === 1 || fn === sn) {
        r = await sha256(join([1], p, r));
        while (fn % 2 === 0 && fn !== 0) { fn /= 2; sn = Math.floor(sn / 2); }
      } else r = await sha256(join([1], r, p));
      fn = Math.floor(fn / 2);
      sn = Math.floor(sn / 2);
    }
    if (sn !== 0) fail("证明的长度与日志不符");
    return r;
  }

  function say(text, good, detail) {
    const li = document.createElement("li");
    li.className = good ? "tone-met" : "tone-late";
    li.textContent = (good ? "✓ " : "✗ ") + text;
    if (detail) {
      const code = document.createElement("code");
      code.textContent = detail;
      li.append(document.createElement("br"), code);
    }
    steps.append(li);
  }

  async function check(publication, entry, proof, keyText, witnessTexts) {
    const lines = proof.slice(0, proof.indexOf("\n\n")).split("\n"), note = proof.slice(proof.indexOf("\n\n") + 2);
    if (lines[0] !== "c2sp.org/tlog-proof@v1" || !/^index \d+$/.test(lines[1])) fail("存证证明的格式不对");
    const said = JSON.parse(entry), index = Number(lines[1].slice(6));
    if (said.kind !== "PUBLISH" && said.kind !== "CORRECT") fail("这一条日志不是公示");
    if (said.subject !== publication.id) fail("这一条日志说的是另一件公示");
    const digest = hex(await sha256(utf8(textOf(publication))));
    if (digest !== said.ref.content_sha256) { say("页面文本的校验值与日志不一致", false, digest); return "mismatch"; }
    say("页面文本与公示日志记载的校验值一致", true, digest);
    const log = await keyOf(keyText), keys = [log];
    for (const text of witnessTexts) keys.push(await keyOf(text));
    const { text, found } = await signers(note, keys), head = text.split("\n");
    if (head[0] !== log.name) fail("检查点属于另一份日志：" + head[0]);
    if (!found.some((f) => f.name === log.name)) { say("检查点没有本机关公钥的签名", false); return "mismatch"; }
    const root = await rootOf(utf8(entry), index, Number(head[1]), lines.slice(2).map(bytes));
    if (!same(root, bytes(head[2]))) { say("这一条不在签名的日志里", false, btoa(String.fromCharCode(...root))); return "mismatch"; }
    say("日志第" + index + "条，在共" + head[1] + "条的存证根之下", true, head[2]);
    say("检查点由执法机关的密钥签名", true, log.name);
    const seen = new Map(found.filter((f) => f.type === 4).map((f) => [f.name, f]));
    for (const f of seen.values()) say("见证方“" + f.name + "”于" + new Date(f.time * 1000).toLocaleString("zh-CN") + "联署", true);
    return seen.size ? "witnessed " + seen.size + "/" + witnessTexts.length : "unwitnessed";
  }

  async function run() {
    steps.replaceChildren();
    box.querySelector("[data-checked]").hidden = true;
    verdict.textContent = "正在核验……";
    verdict.className = "callout";
    try {
      if (!crypto.subtle) fail("浏览器只在 https 网站上提供密码运算，请换用 https 地址，或者下载存证证明后离线核验");
      const files = {};
      for (const input of box.querySelectorAll("input[type=file]")) if (input.files[0]) files[input.name] = await input.files[0].text();
      const id = encodeURIComponent(box.querySelector("[name=id]").value.trim());
      const get = async (address) => {
        if (!id) fail("请填写公示的编号，或者选择下载的三个文件");
        const reply = await fetch(address);
        if (!reply.ok) fail(reply.status === 404 ? "没有找到这件公示或者它的存证证明（刚公示的，请过几秒再试；已撤下的没有正文可核验）" : "取不到数据（" + reply.status + "）");
        return reply.text();
      };
      const publication = JSON.parse(files.publication || await get("/api/v1/publications/" + id));
      const entry = files.entry || await get("/p/" + id + "/entry"), proof = files.proof || await get("/p/" + id + "/proof");
      const witnesses = box.querySelector("[name=witnesses]").value.split("\n").map((s) => s.trim()).filter(Boolean);
      const [state, count] = (await check(publication, entry, proof, box.querySelector("[name=key]").value, witnesses)).split(" ");
      box.querySelector("[data-text]").textContent = textOf(publication);
      box.querySelector("[data-checked]").hidden = false;
      const text = { witnessed: "已见证 " + count + "：文本一致，并有见证方联署。", unwitnessed: "未见证：文本与执法机关签名的日志一致，还没有见证方联署。", mismatch: "不一致：页面与日志对不上，请保存本页并向监督机关反映。" }[state];
      verdict.textContent = text;
      verdict.className = "callout tone-" + { witnessed: "met", unwitnessed: "soon", mismatch: "late" }[state];
    } catch (error) {
      verdict.textContent = "没有核验成：" + (error instanceof SyntaxError ? "文件的格式不对。" : error.message + "。");
      verdict.className = "callout tone-late";
    }
    verdict.focus();
  }

  box.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  if (box.querySelector("[name=id]").value) run();
})();
