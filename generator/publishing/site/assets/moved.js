/* rendered from Listkeeper's own script; it is the same for every collection */
// Runs on the page at a topic's former address: on to the new one, and there to the same place.
(() => {
  "use strict";
  location.replace(`${document.currentScript.dataset.to}${location.search}${location.hash}`);
})();
