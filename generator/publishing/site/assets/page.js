/* rendered from Listkeeper's own script; it is the same for every collection */
// Runs in the head, before the first paint, so that the other colour scheme never flashes.
(() => {
  "use strict";
  const html = document.documentElement;
  const KEY = "listkeeper:theme";
  const COMPACT = "listkeeper:compact";
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Browsers may refuse storage (private windows, files); then the choice lasts as long as the page.
  const stored = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* as above */ } },
  };

  html.classList.add("js");
  const chosen = stored.get(KEY);
  if (chosen === "light" || chosen === "dark") html.dataset.theme = chosen;
  if (stored.get(COMPACT)) html.dataset.compact = "";

  const isDark = () => (html.dataset.theme ? html.dataset.theme === "dark" : system.matches);

  function themeButton() {
    const button = document.querySelector("[data-theme-button]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      if ((next === "dark") === system.matches) { delete html.dataset.theme; stored.set(KEY, null); }
      else { html.dataset.theme = next; stored.set(KEY, next); }
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

  function compactButton() {
    const button = document.querySelector(".view .compact");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String("compact" in html.dataset));
    button.addEventListener("click", () => {
      if ("compact" in html.dataset) delete html.dataset.compact;
      else html.dataset.compact = "";
      stored.set(COMPACT, "compact" in html.dataset ? "yes" : null);
      show();
    });
    show();
  }

  // Sorts the entries within each section; the list's own order is that of the page as it was loaded.
  function orderMenu() {
    const menu = document.getElementById("ui:order");
    if (!menu) return;
    const lists = [...document.querySelectorAll(".entries")].map((list) => [list, [...list.children]]);
    const year = (entry) => Number(entry.dataset.year ?? 0);
    const title = (entry) => entry.querySelector(".title").textContent;
    const compare = new Intl.Collator(html.lang, { ignorePunctuation: true }).compare;
    const stars = (entry) => Number(entry.dataset.stars ?? -1);
    const pushed = (entry) => Date.parse(entry.dataset.pushed ?? "0001-01-01");
    const orders = {
      list: null, year: (one, other) => year(other) - year(one), title: (one, other) => compare(title(one), title(other)),
      stars: (one, other) => stars(other) - stars(one), pushed: (one, other) => pushed(other) - pushed(one),
    };
    menu.addEventListener("change", () => {
      const order = orders[menu.value];
      for (const [list, entries] of lists) list.append(...(order ? [...entries].sort(order) : entries));
    });
  }

  // Brings the page's own topic into view among its neighbours.
  function showSibling() {
    const siblings = document.querySelector(".siblings");
    const own = siblings?.querySelector("[aria-current]");
    if (own && siblings.scrollHeight > siblings.clientHeight) siblings.scrollTop = own.offsetTop - siblings.clientHeight / 2;
  }

  // Marks the section that is being read in the table of contents, and keeps it in view there.
  function followContents() {
    const contents = document.querySelector(".contents");
    if (!contents) return;
    const links = [...contents.querySelectorAll("a")];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let current = null;
    let waiting = false;
    const update = () => {
      waiting = false;
      const line = innerHeight / 4;
      const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top <= line);
      const atEnd = scrollY > 0 && innerHeight + scrollY >= html.scrollHeight - 2;
      const next = atEnd ? links.at(-1) : passed.length ? links[headings.indexOf(passed.at(-1))] : null;
      if (next === current) return;
      current?.removeAttribute("aria-current");
      next?.setAttribute("aria-current", "true");
      current = next;
      if (next && contents.scrollHeight > contents.clientHeight) contents.scrollTop = next.offsetTop - contents.clientHeight / 2;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(update); } }, { passive: true });
    update();
  }

  document.addEventListener("DOMContentLoaded", () => { themeButton(); citations(); compactButton(); orderMenu(); showSibling(); followContents(); });
})();
