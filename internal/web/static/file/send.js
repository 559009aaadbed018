"use strict";

// What is sent and takes its time says so after a moment and counts the seconds; an impatient second click sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  const state = document.createElement("p"), begun = Date.now();
  state.className = "hint sending";
  state.setAttribute("role", "status");
  const tick = setInterval(() => {
    const seconds = Math.round((Date.now() - begun) / 1000);
    if (seconds < 1) return;
    if (!state.parentNode) form.append(state);
    state.textContent = "正在办理，已用" + seconds + "秒，请不要关闭本页。";
  }, 500);
  const over = () => { clearInterval(tick); state.remove(); delete form.dataset.sent; };
  window.addEventListener("pageshow", over, { once: true }); // the page came back from the browser's memory
  setTimeout(over, 60000);
});
