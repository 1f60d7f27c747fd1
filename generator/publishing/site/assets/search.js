/* rendered from Listkeeper's own script; it is the same for every collection */
// Searches all entries as you type. The data is a classic script, loaded on the first key, since pages opened from disk can't fetch.
(() => {
  "use strict";
  const root = document.body.dataset.root;
  const input = document.getElementById("ui:search");
  const results = document.getElementById("ui:results");
  const page = document.getElementById("ui:page");
  if (!input) return;

  const FACETS = ["topic", "kind", "year", "venue"];
  const words = window.listkeeperWords;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const NO_FILTER = -2;
  const PAGE_SIZE = 40;
  const MAX_OPTIONS = 200;
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i" };
  const state = { q: "", topic: "", kind: "", year: "", venue: "" };
  let entries = null;
  let data = null;
  let values = null;
  let loading = false;
  let shown = PAGE_SIZE;
  let menus = null;

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[ßæœøđðþłı]/g, (char) => LETTERS[char]);

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // The data

  function load() {
    if (loading || entries) return;
    loading = true;
    const script = make("script", { src: `${root}assets/search-data.js` });
    script.addEventListener("load", () => { prepare(window.listkeeper); show(); followMovedEntry(); });
    script.addEventListener("error", () => { loading = false; setStatus(words.not_loaded); });
    document.head.append(script);
  }

  // The values of each filter; entries refer to them by number, so that counting thousands of entries is fast.
  function prepare(found) {
    data = found;
    const numbers = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    const numbered = (facet, value) => {
      if (value && !numbers[facet].has(value)) numbers[facet].set(value, numbers[facet].size);
      return value ? [numbers[facet].get(value)] : [];
    };
    entries = found.entries.map(([title, url, anchor, kind, people, year, venue, topics, about, tags]) => {
      const place = venue < 0 ? "" : found.venues[venue];
      const rest = `${place} ${found.kinds[kind][1]} ${year || ""} ${tags} ${about}`;
      const parts = [title, people, rest].map((text) => ` ${fold(text)}`);
      const entry = {
        title, url, anchor, people, about, parts, text: parts.join("\n"), venue: place, year: year ? String(year) : "",
        kind: found.kinds[kind][0], topics: topics.map((number) => found.topics[number][0]),
      };
      entry.facets = [
        entry.topics.flatMap((slug) => numbered("topic", slug)), numbered("kind", entry.kind), numbered("year", entry.year),
        numbered("venue", entry.venue),
      ];
      return entry;
    });
    values = FACETS.map((facet) => [...numbers[facet].keys()]);
    const renamed = found.renamed.find(([old]) => old === state.topic);
    if (renamed) state.topic = found.topics[renamed[1]][0];
  }

  const WEIGHTS = [[8, 5], [6, 3], [2, 1]];

  // The score of an entry: the start of a word counts more than its middle, the title more than the rest; 0 if a word is missing.
  function score(entry, wanted) {
    let sum = 0;
    for (const word of wanted) {
      if (!entry.text.includes(word)) return 0;
      let best = 0;
      for (let part = 0; part < 3; part += 1) {
        const text = entry.parts[part];
        if (WEIGHTS[part][0] <= best) break;
        if (text.includes(` ${word}`)) best = WEIGHTS[part][0];
        else if (WEIGHTS[part][1] > best && text.includes(word)) best = WEIGHTS[part][1];
      }
      sum += best || 1;
    }
    return sum;
  }

  // The entries found, best first, and for each value of each filter the number of entries found with it and the other filters.
  function search() {
    const wanted = fold(state.q).split(/\s+/u).filter(Boolean);
    const chosen = FACETS.map((facet, number) => (state[facet] ? values[number].indexOf(state[facet]) : NO_FILTER));
    const counts = values.map((all) => new Int32Array(all.length));
    const byScore = [];
    for (const entry of entries) {
      const points = wanted.length ? score(entry, wanted) : 1;
      if (!points) continue;
      let failing = 0;
      let only = 0;
      for (let facet = 0; facet < chosen.length; facet += 1) {
        if (chosen[facet] !== NO_FILTER && !entry.facets[facet].includes(chosen[facet])) { failing += 1; only = facet; }
      }
      if (failing > 1) continue;
      for (let facet = 0; facet < chosen.length; facet += 1) {
        if (!failing || facet === only) for (const value of entry.facets[facet]) counts[facet][value] += 1;
      }
      if (!failing) (byScore[points] ??= []).push(entry);
    }
    const tallies = counts.map((all, facet) => new Map(values[facet].map((value, number) => [value, all[number]]).filter(([, count]) => count)));
    return {
      found: byScore.filter(Boolean).reverse().flat(),
      counts: Object.fromEntries(FACETS.map((facet, number) => [facet, tallies[number]])),
      wanted,
    };
  }

  // The page

  function build() {
    menus = Object.fromEntries(FACETS.map((facet) => {
      const menu = make("select", { name: facet, id: `ui:${facet}` });
      menu.addEventListener("change", () => { state[facet] = menu.value; shown = PAGE_SIZE; show(); });
      return [facet, menu];
    }));
    const filters = make("div", { className: "filters" });
    for (const facet of FACETS) {
      const label = make("label", { htmlFor: `ui:${facet}`, textContent: words[facet] });
      filters.append(make("div", {}, label, menus[facet]));
    }
    const clear = make("button", { type: "button", className: "clear", textContent: words.clear });
    clear.addEventListener("click", () => { reset(); input.focus(); });
    const status = make("p", { className: "status" });
    status.setAttribute("role", "status");
    const list = make("ol", { className: "hits entries" });
    const more = make("button", { type: "button", className: "more", textContent: words.more, hidden: true });
    more.addEventListener("click", () => {
      const next = shown;
      shown += PAGE_SIZE;
      show();
      list.children[next]?.querySelector("a")?.focus();
    });
    results.append(make("h1", { className: "visually-hidden", textContent: words.results }), filters, make("div", { className: "state" }, status, clear), list, more);
  }

  const setStatus = (text) => { if (menus) results.querySelector(".status").textContent = text; };

  function named(facet, value) {
    const pairs = facet === "topic" ? data.topics : facet === "kind" ? data.kinds : [];
    return pairs.find(([key]) => key === value)?.[1] ?? value;
  }

  function fill(facet, counts) {
    const menu = menus[facet];
    if (state[facet] && !counts.has(state[facet])) counts.set(state[facet], 0);
    let choices = [...counts.keys()];
    if (choices.length > MAX_OPTIONS) {
      choices = choices.sort((one, other) => counts.get(other) - counts.get(one)).slice(0, MAX_OPTIONS);
      if (state[facet] && !choices.includes(state[facet])) choices.push(state[facet]);
    }
    if (facet === "year") choices.sort().reverse();
    else choices = choices.map((value) => [named(facet, value), value]).sort(([one], [other]) => one < other ? -1 : 1).map(([, value]) => value);
    const key = choices.map((value) => `${value}\t${counts.get(value)}`).join("\n");
    if (menu.dataset.key !== key) {
      menu.dataset.key = key;
      menu.replaceChildren(
        make("option", { value: "", textContent: words.any }),
        ...choices.map((value) => make("option", { value, textContent: `${named(facet, value)} (${counts.get(value)})` })),
      );
    }
    menu.value = state[facet];
    menu.classList.toggle("chosen", Boolean(state[facet]));
  }

  // A title with the searched words marked. Folding may change the length of a text; then nothing is marked.
  function marked(text, wanted) {
    const folded = fold(text);
    if (!wanted.length || folded.length !== text.length) return [text];
    const hits = new Uint8Array(text.length);
    for (const word of wanted) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) hits.fill(1, at, at + word.length);
    }
    const pieces = [];
    for (let start = 0, end; start < text.length; start = end) {
      for (end = start + 1; end < text.length && hits[end] === hits[start];) end += 1;
      const piece = text.slice(start, end);
      pieces.push(hits[start] ? make("mark", { textContent: piece }) : piece);
    }
    return pieces;
  }

  const ownPageOf = (entry) => `${root}topics/${encodeURIComponent(entry.topics[0])}.html#${encodeURIComponent(entry.anchor)}`;

  // A fragment may name an entry that has moved to another page or has another id: go to its current place.
  function followMovedEntry() {
    let anchor = "";
    try { anchor = decodeURIComponent(location.hash.slice(1)); } catch { /* not one of our fragments */ }
    if (!anchor.startsWith("entry/") || document.getElementById(anchor)) return;
    if (!entries) { load(); return; }
    const former = data.former.find(([old]) => old === anchor);
    const entry = entries.find((one) => one.anchor === anchor) ?? entries[former?.[1]];
    if (entry) location.replace(ownPageOf(entry));
  }

  function hit(entry, wanted) {
    const home = ownPageOf(entry);
    const item = make("li", { className: "entry" });
    item.append(make("a", { className: "title", href: entry.url || home }, ...marked(entry.title, wanted)));
    const kind = entry.kind === "other" ? "" : named("kind", entry.kind);
    const year = entry.venue.includes(entry.year) ? "" : entry.year;
    const origin = [kind, entry.people, entry.venue, year].filter(Boolean).join(" · ");
    const place = make("p", { className: "origin" }, origin ? `${origin} · in ` : "In ");
    place.append(make("a", { href: home, textContent: named("topic", entry.topics[0]) }));
    item.append(place);
    if (entry.about) item.append(make("p", { className: "about", textContent: entry.about }));
    return item;
  }

  const isSearching = () => state.q.trim() !== "" || FACETS.some((facet) => state[facet]);

  function show() {
    const on = isSearching();
    if (on && !menus) build();
    results.hidden = !on;
    page.hidden = on;
    writeAddress();
    if (!on) return;
    if (!entries) { setStatus(words.loading); load(); return; }
    const { found, counts, wanted } = search();
    const numbered = (number) => number.toLocaleString(words.locale);
    for (const facet of FACETS) fill(facet, counts[facet]);
    setStatus(found.length ? filled(words.found, { found: numbered(found.length), all: numbered(entries.length) }) : words.nothing);
    results.querySelector(".hits").replaceChildren(...found.slice(0, shown).map((entry) => hit(entry, wanted)));
    results.querySelector(".more").hidden = found.length <= shown;
  }

  function reset() {
    for (const key of Object.keys(state)) state[key] = "";
    input.value = "";
    shown = PAGE_SIZE;
    show();
  }

  // The address holds the search, so that it can be shared. Browsers limit how often it may change, so it waits until typing pauses.
  let timer = 0;
  function writeAddress() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value.trim())).toString();
      try { history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`); } catch { /* not allowed for this page */ }
    }, 150);
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    for (const key of Object.keys(state)) state[key] = query.get(key) ?? "";
    if (!isSearching()) return;
    input.value = state.q;
    show();
  }

  // Keys

  function moveFocus(event, direction) {
    const links = [...results.querySelectorAll(".hits .title")];
    const at = links.indexOf(document.activeElement);
    if (results.hidden || (document.activeElement !== input && at < 0)) return;
    event.preventDefault();
    const next = at + direction;
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  }

  function clearOrBlur() {
    if (isSearching()) { reset(); input.focus(); }
    else if (document.activeElement === input) input.blur();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); input.select(); load(); }
    else if (event.key === "ArrowDown" && typing?.tagName !== "SELECT") moveFocus(event, 1);
    else if (event.key === "ArrowUp" && typing?.tagName !== "SELECT") moveFocus(event, -1);
    else if (event.key === "Escape" && typing?.tagName !== "SELECT") clearOrBlur(); // in a select it closes the menu
  });
  input.addEventListener("input", () => { state.q = input.value; shown = PAGE_SIZE; show(); });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    results.querySelector(".hits .title")?.focus();
  });
  window.addEventListener("hashchange", followMovedEntry);
  readAddress();
  followMovedEntry();
})();
