// The script of every page, which works without it: it saves typed text, repeats rows, checks codes while typing, moves
// through lists by keyboard and shows how far long work has come.
"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const clock = (date) => String(date.getHours()).padStart(2, "0") + ":" + String(date.getMinutes()).padStart(2, "0");

  // What makes sense with a script only is hidden until there is one.
  for (const part of all("[data-only-script]")) part.hidden = false;
  for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());

  // Autosave: two seconds after the last stroke the form goes to its data-autosave address.
  // 200 {"saved":"…","version":"…"} is shown; 409 {"by":"…","text":"…"} says that somebody else wrote in between.
  function autosave(form) {
    const state = document.createElement("p");
    state.className = "save-state";
    state.setAttribute("role", "status");
    (form.querySelector(".form-actions") || form).append(state);
    let timer = 0, running = false, again = false, stopped = false, dirty = false;
    const say = (text, fault) => {
      state.textContent = text;
      state.toggleAttribute("data-fault", Boolean(fault));
    };
    async function save() {
      if (running) { again = true; return; }
      running = true;
      dirty = false;
      try {
        const reply = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
        const body = (reply.headers.get("Content-Type") || "").includes("json") ? await reply.json() : {};
        if (reply.ok && !reply.redirected) {
          const version = form.elements.namedItem("version");
          if (version && body.version !== undefined) version.value = body.version;
          say((body.saved || clock(new Date())) + "已自动保存");
        } else if (reply.status === 409) {
          stopped = true;
          conflict(body);
        } else {
          dirty = true;
          if (reply.status === 401) timer = setTimeout(save, 15000);
          say(body.text || "没有保存上，已填写的内容仍在本页，将继续重试", true);
          if (reply.status === 401 && body.href) link(body.href, " 登录");
          if (reply.status >= 500 || reply.status === 429) timer = setTimeout(save, 15000);
        }
      } catch {
        dirty = true;
        say("网络不通，已填写的内容仍在本页，恢复后自动保存", true);
        timer = setTimeout(save, 10000);
      }
      running = false;
      if (again && !stopped) { again = false; save(); }
    }
    function conflict(body) {
      say(body.text || (body.by || "另一位同事") + "同时修改了这份文书。您的内容没有丢失，也没有覆盖对方的内容。", true);
      if (body.href) link(body.href, " 查看对方的修改");
    }
    function link(href, text) {
      const to = document.createElement("a");
      to.href = href;
      to.target = "_blank";
      to.rel = "noopener";
      to.textContent = text;
      state.append(to);
    }
    const touched = () => {
      if (stopped) return;
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, 2000);
    };
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", () => { clearTimeout(timer); dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && dirty && !stopped) { clearTimeout(timer); save(); }
    });
  }
  all("form[data-autosave]").forEach(autosave);

  // Repeat rows: the last row of [data-rows] is the pattern; its names hold the number of the row.
  function renumber(row, name, from, to) {
    for (const element of all("[id],[name],[for],[aria-describedby],[list]", row)) {
      for (const attribute of ["id", "name", "for", "aria-describedby", "list"]) {
        const value = element.getAttribute(attribute);
        const dashed = name.replaceAll(".", "-");
        if (value) element.setAttribute(attribute, value.replaceAll(name + "." + from, name + "." + to).replaceAll(dashed + "-" + from, dashed + "-" + to));
      }
    }
  }
  function repeatRows(group) {
    const most = Number(group.dataset.max) || 500;
    let next = Number(group.dataset.next) || all("[data-row]", group).length;
    const add = document.createElement("button");
    add.type = "button";
    add.className = "button button-quiet";
    add.textContent = "再加一行";
    group.append(add);
    add.addEventListener("click", () => {
      const rows = all("[data-row]", group);
      if (rows.length === 0 || rows.length >= most) return;
      const last = rows[rows.length - 1];
      const row = last.cloneNode(true);
      const named = row.querySelector("[name]");
      const found = named && named.name.slice(group.dataset.rows.length).match(/^[.\-[](\d+)/);
      if (found) renumber(row, group.dataset.rows, found[1], String(next));
      next++;
      for (const field of all("input,textarea,select", row)) {
        if (field.type === "checkbox") field.checked = false;
        else if (field.type !== "hidden") field.value = "";
      }
      for (const old of all(".field-error,.field-echo", row)) old.remove();
      const title = row.querySelector(".row-title");
      if (title) title.textContent = title.textContent.replace(/\d+/, String(rows.length + 1));
      last.after(row);
      watch(row);
      const first = row.querySelector("input:not([type=hidden]),textarea,select");
      if (first) first.focus();
    });
  }

  // Inline checks: a code, an amount, a number is asked of the server and echoed under its field.
  function watch(root) {
    for (const field of all("input[data-check]", root)) {
      let timer = 0;
      field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => check(field), 400);
      });
    }
  }
  async function check(field) {
    let echo = field.parentElement.querySelector(".field-echo");
    if (!echo) {
      echo = document.createElement("p");
      echo.className = "field-echo";
      echo.setAttribute("aria-live", "polite");
      field.after(echo);
    }
    const asked = field.value;
    if (asked.trim() === "") { echo.textContent = ""; return; }
    try {
      // By POST, so that what is typed stands in no log of an address.
      const reply = await fetch("/desk/check", { method: "POST", body: new URLSearchParams({ kind: field.dataset.check, value: asked }), headers: { Accept: "application/json" } });
      if (!reply.ok || field.value !== asked) return;
      const body = await reply.json();
      echo.textContent = body.text || "";
      echo.toggleAttribute("data-fault", Boolean(body.fault));
    } catch {
      echo.textContent = "";
    }
  }
  // Conditions: a field with data-when="name=值|值 & !other" is shown while they hold; what stands in it stays typed.
  function holds(form, test) {
    const parts = test.match(/^(!?)([^!=]+)(?:(!?)=(.*))?$/);
    if (!parts) return true;
    const [, not, path, unlike, texts] = parts;
    const values = all("[name]", form).filter((f) => (f.name === path || f.name.startsWith(path + ".")) && (!/^(checkbox|radio)$/.test(f.type) || f.checked))
      .map((f) => f.value.trim()).filter((value) => value !== "");
    if (texts === undefined) return (values.length > 0) !== (not === "!");
    return values.some((value) => texts.split("|").includes(value)) !== (unlike === "!");
  }
  for (const form of all("form")) {
    const parts = all("[data-when]", form);
    if (parts.length === 0) continue;
    const refresh = () => {
      for (const part of all("[data-when]", form)) part.hidden = !part.dataset.when.split(" & ").every((test) => holds(form, test));
    };
    form.addEventListener("input", refresh);
    form.addEventListener("change", refresh);
    refresh();
  }

  // How a day, a time and an amount are written stands in the field while it is empty.
  const forms = { date: "2026-03-02", datetime: "2026-03-02 09:30", money: "1000.00" };
  for (const field of all("input[data-check]")) if (forms[field.dataset.check] && !field.placeholder) field.placeholder = "如 " + forms[field.dataset.check];

  watch(document);
  all("[data-rows]").forEach(repeatRows);

  // Lists: j and k move, enter opens; a click on a row opens it, too.
  const list = document.querySelector("table[data-list]");
  const rows = list ? all("tbody tr[data-href]", list) : [];
  let here = -1;
  const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A|SUMMARY)$/.test(target.tagName));
  function move(to) {
    if (rows.length === 0) return;
    if (here >= 0) rows[here].classList.remove("is-here");
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows[here].classList.add("is-here");
    rows[here].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(here + 1);
    else if (event.key === "k") move(here - 1);
    else if (event.key === "Enter" && here >= 0) window.location.assign(rows[here].dataset.href);
    else if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  for (const row of rows) {
    row.addEventListener("click", (event) => {
      if (typing(event.target) || String(window.getSelection()) !== "") return;
      window.location.assign(row.dataset.href);
    });
  }

  // Long work: asked every second until it is over.
  function progress(box) {
    const bar = box.querySelector("progress"), text = box.querySelector(".progress-text");
    const ask = async () => {
      try {
        const reply = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
        if (reply.ok) {
          const body = await reply.json();
          if (body.total) bar.max = body.total;
          bar.value = body.done || 0;
          text.textContent = body.text || (body.done || 0) + " / " + (body.total || 0);
          if (body.over) { window.location.reload(); return; }
        }
      } catch {
        text.textContent = "网络不通，稍后继续显示进度；工作没有中断";
      }
      setTimeout(ask, 1000);
    };
    ask();
  }
  all("[data-progress]").forEach(progress);

  // A download that takes its time says so until its first byte is there, which the server tells by a cookie.
  all('[data-slow], .table-exports a[href^="/desk/"]').forEach((link) => link.addEventListener("click", () => {
    const mark = Math.random().toString(36).slice(2, 12).padEnd(10, "0"), address = new URL(link.href);
    address.searchParams.set("mark", mark);
    link.href = address.href;
    const say = (text) => { link.parentNode.querySelector("[role=status]").textContent = text; };
    const ask = (left) => {
      if (document.cookie.split("; ").includes("begun=" + mark)) say("已开始下载");
      else if (left) setTimeout(ask, 300, left - 1);
      else say("");
    };
    say("正在准备，准备好后自动下载……");
    ask(400);
  }));

  // An error summary takes the focus, so that it is read first.
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
