/* rendered from Listkeeper's own script; it is the same for every collection */
// Searches all entries as you type. The data is a classic script, loaded when the field is first used, since pages opened from disk can't fetch.
(() => {
  "use strict";
  const root = document.body.dataset.root;
  const input = document.getElementById("ui:search");
  const results = document.getElementById("ui:results");
  const page = document.getElementById("ui:page");
  if (!input) return;

  const words = window.listkeeperWords;
  const FACETS = ["topic", "section", "tag", "kind", "year", "language", "health", "activity", "venue"];
  // The filters, as bits, that don't count for a filter's own numbers: itself, and for the topic also the section in it.
  const IGNORED = FACETS.map((facet, at) => 1 << at | (facet === "topic" ? 1 << FACETS.indexOf("section") : 0));
  const NO_FILTER = -2;
  const PAGE_SIZE = 40;
  const MAX_OPTIONS = 200;
  const MAX_SIMILAR = 6;
  const MIN_LETTERS = 4;
  const MAX_WORD = 40;
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i" };
  const state = { q: "", ...Object.fromEntries(FACETS.map((facet) => [facet, ""])) };
  let entries = null;
  let data = null;
  let values = null;
  let names = null;
  let vocabulary = null;
  let loading = false;
  let shown = PAGE_SIZE;
  let menus = null;

  const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, key) => parts[key]);
  const number = new Intl.NumberFormat(words.locale).format;
  const compare = new Intl.Collator(words.locale).compare;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // Texts, folded: small letters without accents, and a space for each sign that isn't part of a word

  const SIGN = /[^a-z0-9+#\t\n \x80-\uffff]/g;
  const HYPHENS = /[\p{L}\p{N}]+(?:[-\u2010-\u2013][\p{L}\p{N}]+)+/gu;

  // Most letters are ASCII, and classes of Unicode are slow, so only the others are looked up in them.
  const letterwise = (text) => text.toLowerCase().replace(/[^\x00-\x7f]+/g, otherLetters);

  function otherLetters(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[ßæœøđðþłı]/g, (char) => LETTERS[char]);
    return plain.toLowerCase().replace(/[^\p{L}\p{N}]/gu, " ");
  }

  const fold = (text) => letterwise(text).replace(SIGN, " ");
  const spaced = (text) => fold(text).replace(/ {2,}/g, " ").trim();

  // "self-supervised" is also found as one word.
  function joined(text) {
    if (!/[-\u2010-\u2013]/.test(text)) return "";
    return (text.match(HYPHENS) ?? []).map((word) => fold(word).replaceAll(" ", "")).join(" ");
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
    const tagNames = found.tags;
    const sections = found.sections.map(([topic, title, anchor]) => ({ title, key: `${found.topics[topic][0]}/${anchor}` }));
    entries = found.entries.map(([title, url, anchor, kind, people, year, venue, topics, about, ids, section, tags, language, health, activity]) => {
      const place = venue < 0 ? "" : found.venues[venue];
      const ownTags = tags.map((tag) => tagNames[tag]);
      const rest = `${place} ${found.kinds[kind][1]} ${year || ""} ${ownTags.join(" ")} ${ids} ${about}`;
      const entry = {
        title, url, anchor, people, about, text: `${title} ${joined(title)} \n ${people} ${joined(people)} \n ${rest} ${joined(rest)}`, venue: place, year: year ? String(year) : "",
        kind: found.kinds[kind][0], topics: topics.map((at) => found.topics[at][0]), section: section < 0 ? null : sections[section],
      };
      entry.facets = [
        entry.topics.flatMap((slug) => numbered("topic", slug)), numbered("section", entry.section?.key), ownTags.flatMap((tag) => numbered("tag", tag)),
        numbered("kind", entry.kind), numbered("year", entry.year), numbered("language", language), numbered("health", health), numbered("activity", activity), numbered("venue", place),
      ];
      return entry;
    });
    // All texts are folded at once, which is faster than one by one.
    const folded = spaced(entries.map((entry) => entry.text).join("\t")).split("\t");
    entries.forEach((entry, at) => {
      entry.text = ` ${folded[at]} `;
      entry.titleEnd = entry.text.indexOf("\n");
      entry.peopleEnd = entry.text.indexOf("\n", entry.titleEnd + 1);
    });
    values = FACETS.map((facet) => [...numbers[facet].keys()]);
    names = {
      topic: new Map(found.topics), kind: new Map(found.kinds), health: new Map(found.health), activity: new Map(found.activity),
      section: new Map(sections.map(({ key, title }) => [key, title])), language: languageNames(),
    };
    const renamed = found.renamed.find(([old]) => old === state.topic);
    if (renamed) state.topic = found.topics[renamed[1]][0];
    if (state.section && !state.topic) state.topic = state.section.slice(0, state.section.indexOf("/"));
  }

  function languageNames() {
    const known = new Intl.DisplayNames(words.locale, { type: "language" });
    const name = (tag) => { try { return known.of(tag); } catch { return tag; } };
    return new Map(values[FACETS.indexOf("language")].map((tag) => [tag, name(tag)]));
  }

  // Words with typing errors

  // Which letters a word has, as bits: words that differ in many can't be similar.
  function letters(word) {
    let bits = 0;
    for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
    return bits;
  }

  function bitCount(bits) {
    let count = 0;
    for (let left = bits; left; left &= left - 1) count += 1;
    return count;
  }

  function allWords() {
    if (vocabulary) return vocabulary;
    const counts = new Map();
    for (const entry of entries) for (const word of entry.text.split(/\s+/)) if (word.length > 2) counts.set(word, (counts.get(word) ?? 0) + 1);
    vocabulary = [...counts].map(([word, count]) => [word, count, letters(word)]);
    return vocabulary;
  }

  // The number of letters to insert, delete, replace or swap to make one word of the other; above `most` it is `most` + 1.
  const rows = [new Uint8Array(MAX_WORD + 1), new Uint8Array(MAX_WORD + 1), new Uint8Array(MAX_WORD + 1)];
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most || Math.max(one.length, other.length) > MAX_WORD) return most + 1;
    let [earlier, above, current] = rows;
    for (let at = 0; at <= other.length; at += 1) above[at] = at;
    for (let row = 1; row <= one.length; row += 1) {
      current[0] = row;
      let least = row;
      for (let at = 1; at <= other.length; at += 1) {
        let cost = Math.min(above[at] + 1, current[at - 1] + 1, above[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1));
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) cost = Math.min(cost, earlier[at - 2] + 1);
        current[at] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [earlier, above, current] = [above, current, earlier];
    }
    return above[other.length];
  }

  // The most similar words of the collection: one error in four letters or more, two in eight or more.
  const known = new Map();
  function similar(word) {
    if (!known.has(word)) known.set(word, mostSimilar(word));
    return known.get(word);
  }

  function mostSimilar(word) {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    const found = [];
    const own = letters(word);
    for (const [other, count, bits] of allWords()) {
      if (bitCount(own & ~bits) > most) continue;
      const longer = other.length - word.length;
      if (longer <= most) {
        const errors = distance(word, other, most);
        if (errors <= most) found.push([errors, -count, other]);
      // A word that is still being typed is similar to the beginning of a longer one.
      } else if (other[0] === word[0] && distance(word, other.slice(0, word.length), 1) === 1) found.push([most + 1, -count, other]);
    }
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return found.filter(([errors]) => errors === found[0][0]).slice(0, MAX_SIMILAR).map(([, , other]) => other);
  }

  // The query

  // Its terms: phrases in quotes, and words; a word with a hyphen is found with a space, too, and as one word.
  function terms(query) {
    const found = [];
    for (const [, phrase, word] of query.matchAll(/["“„«]([^"”“»]*)(?:["”“»]|$)|([^\s"“„«]+)/gu)) {
      const text = phrase ?? word;
      const form = spaced(text);
      if (!form) continue;
      const forms = [form];
      if (phrase === undefined && joined(text)) forms.push(joined(text));
      found.push({ shown: phrase === undefined ? text : `“${phrase}”`, forms, phrase: phrase !== undefined, errors: false });
    }
    return found;
  }

  const WEIGHTS = [[10, 8, 5], [8, 6, 3], [3, 2, 1]];

  // How well an entry has a form: whole words count more than the start of a word, that more than its middle, the title more than the rest.
  function points({ text, titleEnd, peopleEnd }, form, phrase) {
    const weights = (at) => WEIGHTS[at < titleEnd ? 0 : at < peopleEnd ? 1 : 2];
    if (phrase) {
      const at = text.indexOf(` ${form} `);
      return at < 0 ? 0 : weights(at)[0];
    }
    const start = text.indexOf(` ${form}`);
    if (start >= 0) return weights(start)[text[start + form.length + 1] === " " ? 0 : 1];
    const middle = form.length > 2 ? text.indexOf(form) : -1;
    return middle < 0 ? 0 : weights(middle)[2];
  }

  function score(entry, term) {
    let best = 0;
    for (const form of term.forms) best = Math.max(best, points(entry, form, term.phrase));
    return term.errors ? best / 2 : best;
  }

  // The entries with all terms, or else with as many as any has, but not by words as short as "of" alone; each with its score and the
  // terms that it lacks.
  function matches(wanted) {
    const longest = Math.max(...wanted.map((term) => term.forms[0].length));
    let most = 0;
    let found = [];
    for (const entry of entries) {
      let sum = 0;
      const without = [];
      for (const term of wanted) {
        const own = score(entry, term);
        if (own) sum += own;
        else without.push(term);
      }
      const has = wanted.length - without.length;
      if (without.length && !wanted.some((term) => !without.includes(term) && term.forms[0].length >= Math.min(longest, MIN_LETTERS))) continue;
      if (has > most) { most = has; found = []; }
      if (has === most && has) found.push({ entry, sum, without });
    }
    return { found, whole: most === wanted.length };
  }

  function matching(wanted) {
    if (!wanted.length) return { found: entries.map((entry) => ({ entry, sum: 0, without: [] })), whole: true };
    const exact = matches(wanted);
    if (exact.whole) return exact;
    // Only a word that no entry has is misspelt.
    for (const term of wanted) {
      if (term.phrase || entries.some((entry) => score(entry, term))) continue;
      const known = similar(term.forms.at(-1));
      if (known.length) { term.forms = known; term.errors = true; }
    }
    return wanted.some((term) => term.errors) ? matches(wanted) : exact;
  }

  // The entries found, best first, and for each value of each filter the number of entries found with it and the other filters.
  function search() {
    const wanted = terms(state.q);
    const chosen = FACETS.map((facet, at) => (state[facet] ? values[at].indexOf(state[facet]) : NO_FILTER));
    const counts = values.map((all) => new Int32Array(all.length));
    const hits = [];
    for (const hit of matching(wanted).found) {
      const { facets } = hit.entry;
      let failing = 0;
      for (let facet = 0; facet < chosen.length; facet += 1) {
        if (chosen[facet] !== NO_FILTER && !facets[facet].includes(chosen[facet])) failing |= 1 << facet;
      }
      for (let facet = 0; facet < chosen.length; facet += 1) {
        if (!(failing & ~IGNORED[facet])) for (const value of facets[facet]) counts[facet][value] += 1;
      }
      if (!failing) hits.push(hit);
    }
    if (wanted.length) hits.sort((one, other) => other.sum - one.sum);
    const tallies = counts.map((all, facet) => new Map(values[facet].map((value, at) => [value, all[at]]).filter(([, count]) => count)));
    return { hits, wanted, counts: Object.fromEntries(FACETS.map((facet, at) => [facet, tallies[at]])) };
  }

  // The page

  function build() {
    menus = Object.fromEntries(FACETS.map((facet) => {
      const menu = make("select", { name: facet, id: `ui:${facet}` });
      menu.addEventListener("change", () => choose(facet, menu.value));
      return [facet, menu];
    }));
    const filters = make("div", { className: "filters" });
    for (const facet of FACETS) filters.append(make("div", {}, make("label", { htmlFor: `ui:${facet}`, textContent: words[facet] }), menus[facet]));
    const fold = make("details", { className: "narrow", open: matchMedia("(min-width: 40.01rem)").matches }, make("summary", { textContent: words.filters }), filters);
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
    results.append(make("h1", { className: "visually-hidden", textContent: words.results }), fold, make("div", { className: "state" }, status, clear), list, more);
  }

  function choose(facet, value) {
    state[facet] = value;
    if (facet === "topic") state.section = "";
    shown = PAGE_SIZE;
    show();
  }

  const setStatus = (text) => { if (menus) results.querySelector(".status").textContent = text; };

  const named = (facet, value) => names[facet]?.get(value) ?? value;

  // A menu is hidden where it has nothing to choose. Titles of sections mean something only within a topic.
  function fill(facet, counts) {
    const menu = menus[facet];
    const some = values[FACETS.indexOf(facet)].length > 1 && (facet !== "section" || state.topic);
    menu.parentElement.hidden = !state[facet] && !(some && counts.size);
    if (state[facet] && !counts.has(state[facet])) counts.set(state[facet], 0);
    let choices = [...counts.keys()];
    if (choices.length > MAX_OPTIONS) {
      choices = choices.sort((one, other) => counts.get(other) - counts.get(one)).slice(0, MAX_OPTIONS);
      if (state[facet] && !choices.includes(state[facet])) choices.push(state[facet]);
    }
    if (facet === "year") choices.sort().reverse();
    else choices = choices.map((value) => [named(facet, value), value]).sort(([one], [other]) => compare(one, other)).map(([, value]) => value);
    const key = choices.map((value) => `${value}\t${counts.get(value)}`).join("\n");
    if (menu.dataset.key !== key) {
      menu.dataset.key = key;
      menu.replaceChildren(
        make("option", { value: "", textContent: words.any }),
        ...choices.map((value) => make("option", { value, textContent: `${named(facet, value)} (${number(counts.get(value))})` })),
      );
    }
    menu.value = state[facet];
    menu.classList.toggle("chosen", Boolean(state[facet]));
  }

  // A title with the searched words marked. Folding may change the length of a text; then nothing is marked.
  function marked(text, wanted) {
    const folded = fold(text);
    const forms = wanted.flatMap((term) => term.forms);
    if (!forms.length || folded.length !== text.length) return [text];
    const hits = new Uint8Array(text.length);
    for (const form of forms) {
      for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + 1)) hits.fill(1, at, at + form.length);
    }
    const pieces = [];
    for (let start = 0, end; start < text.length; start = end) {
      for (end = start + 1; end < text.length && hits[end] === hits[start];) end += 1;
      const piece = text.slice(start, end);
      pieces.push(hits[start] ? make("mark", { textContent: piece }) : piece);
    }
    return pieces;
  }

  const topicPage = (slug) => `${root}topics/${encodeURIComponent(slug)}.html`;
  const ownPageOf = (entry) => `${topicPage(entry.topics[0])}#${encodeURIComponent(entry.anchor)}`;

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

  function hit({ entry, without }, wanted) {
    const home = ownPageOf(entry);
    const item = make("li", { className: "entry" });
    item.append(make("a", { className: "title", href: entry.url || home, dir: "auto" }, ...marked(entry.title, wanted)));
    const kind = entry.kind === "other" ? "" : named("kind", entry.kind);
    const year = entry.venue.includes(entry.year) ? "" : entry.year;
    const origin = [kind, entry.people, entry.venue, year].filter(Boolean).join(" · ");
    const place = entry.section ? `${named("topic", entry.topics[0])} › ${entry.section.title}` : named("topic", entry.topics[0]);
    item.append(make("p", { className: "origin" }, origin ? `${origin} · ` : "", make("a", { href: home, textContent: place })));
    if (entry.about) item.append(make("p", { className: "about", textContent: entry.about, dir: "auto" }));
    if (without.length) item.append(make("p", { className: "without", textContent: filled(words.without, { words: without.map((term) => term.shown).join(", ") }) }));
    return item;
  }

  const isSearching = () => state.q.trim() !== "" || FACETS.some((facet) => state[facet]);

  function told({ hits, wanted }) {
    if (!hits.length) return words.nothing;
    const parts = [filled(words.found, { found: number(hits.length), all: number(entries.length) })];
    const instead = wanted.filter((term) => term.errors).flatMap((term) => term.forms);
    if (instead.length) parts.push(filled(words.instead, { words: instead.join(", ") }));
    const lost = wanted.filter((term) => hits.every(({ without }) => without.includes(term)));
    if (lost.length) parts.push(filled(words.without, { words: lost.map((term) => term.shown).join(", ") }));
    return parts.join(" · ");
  }

  function show() {
    const on = isSearching();
    if (on && !menus) build();
    results.hidden = !on;
    page.hidden = on;
    writeAddress();
    if (!on) return;
    if (!entries) { setStatus(words.loading); load(); return; }
    const found = search();
    for (const facet of FACETS) fill(facet, found.counts[facet]);
    setStatus(told(found));
    results.querySelector(".hits").replaceChildren(...found.hits.slice(0, shown).map((one) => hit(one, found.wanted)));
    results.querySelector(".more").hidden = found.hits.length <= shown;
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
  input.addEventListener("focus", load, { once: true });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    results.querySelector(".hits .title")?.focus();
  });
  window.addEventListener("hashchange", followMovedEntry);
  readAddress();
  followMovedEntry();
})();
