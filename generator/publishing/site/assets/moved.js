/* rendered from Listkeeper's own script; it is the same for every collection */
// Redirects from a topic's former address to the new one, keeping query and fragment.
(() => {
  "use strict";
  location.replace(`${document.currentScript.dataset.to}${location.search}${location.hash}`);
})();
