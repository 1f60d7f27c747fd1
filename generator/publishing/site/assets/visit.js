/* rendered from Listkeeper's own script; it is the same for every collection */
// Marks what was added since the reader's last visit. The day of that visit stays in the reader's own browser, and nothing is sent.
(() => {
  "use strict";
  const news = document.querySelector("[data-newest]");
  if (!news) return;
  // Sites of one host share a storage: each has its own key.
  const KEY = `listkeeper:seen:${new URL(`${document.body.dataset.root}.`, location.href).pathname}`;
  let before = null;
  try {
    // During one visit the marks stay, on every page and after a reload.
    before = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
    sessionStorage.setItem(KEY, before ?? news.dataset.newest);
    localStorage.setItem(KEY, news.dataset.newest);
  } catch { /* browsers may refuse storage; then nothing is marked */ }
  if (!before) return;
  for (const item of document.querySelectorAll("[data-day]")) {
    if (item.dataset.day > before) {
      const mark = document.createElement("span");
      mark.className = "unseen";
      mark.textContent = window.listkeeperWords.unseen;
      item.append(" ", mark);
    }
  }
})();
