/* rendered from Listkeeper's own script; it is the same for every collection */
// Runs in the head, before the first paint, so that the other colour scheme never flashes.
(() => {
  "use strict";
  const html = document.documentElement;
  const KEY = "listkeeper:theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Browsers may refuse storage (private windows, files); then the choice lasts as long as the page.
  const stored = {
    get() { try { return localStorage.getItem(KEY); } catch { return null; } },
    set(value) { try { if (value) localStorage.setItem(KEY, value); else localStorage.removeItem(KEY); } catch { /* as above */ } },
  };

  html.classList.add("js");
  const chosen = stored.get();
  if (chosen === "light" || chosen === "dark") html.dataset.theme = chosen;

  const isDark = () => (html.dataset.theme ? html.dataset.theme === "dark" : system.matches);

  function themeButton() {
    const button = document.querySelector("[data-theme-button]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      if ((next === "dark") === system.matches) { delete html.dataset.theme; stored.set(null); }
      else { html.dataset.theme = next; stored.set(next); }
      show();
    });
    system.addEventListener("change", show);
    show();
  }

  async function copy(button, code) {
    let done = false;
    try { await navigator.clipboard.writeText(code.textContent); done = true; } catch {
      // In some browsers, pages opened from disk have no clipboard: select the text, so that one key copies it.
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }
    const words = window.listkeeperWords;
    button.textContent = done ? words.copied : words.selected;
  }

  function citations() {
    document.addEventListener("toggle", (event) => {
      const code = event.target.open && event.target.querySelector("pre code");
      if (!code || event.target.querySelector(".copy")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = window.listkeeperWords.copy;
      button.addEventListener("click", () => copy(button, code));
      code.parentElement.after(button);
    }, true);
  }

  document.addEventListener("DOMContentLoaded", () => { themeButton(); citations(); });
})();
