/* rendered from Listkeeper's own script; it is part of previews only */
// Loads the page anew when the preview says that it changed, and shows what is wrong in the sources.
(() => {
  "use strict";
  let version = null;
  let box = null;

  function tell(problems) {
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
    const news = JSON.parse(event.data);
    if (version !== null && version !== news.version) { location.reload(); return; }
    version = news.version;
    tell(news.problems);
  });
})();
