/* rendered from Listkeeper's own script; it is part of previews only */
// Reloads the page when the development server reports a change, and shows the problems of the sources.
(() => {
  "use strict";
  let version = null;
  let box = null;

  function showProblems(problems) {
    box?.remove();
    box = null;
    if (!problems) return;
    box = document.createElement("pre");
    box.className = "problems";
    box.setAttribute("role", "status");
    box.textContent = problems;
    document.body.append(box);
  }

  new EventSource("/-/changes").addEventListener("message", (event) => {
    const update = JSON.parse(event.data);
    if (version !== null && version !== update.version) { location.reload(); return; }
    version = update.version;
    showProblems(update.problems);
  });
})();
