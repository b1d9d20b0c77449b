/* The menu of the profile closes on Escape and on a click beside it, as menus do. */
(function () {
  "use strict";
  const menu = document.querySelector("details.profile");
  if (!menu) return;
  document.addEventListener("click", function (event) {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();

/* "/" leads to the search, unless somebody is typing. */
(function () {
  "use strict";
  const box = document.querySelector("input[data-search]");
  if (!box) return;
  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
