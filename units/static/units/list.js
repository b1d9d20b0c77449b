/* Lists: after turning a page its beginning is in sight, and its buttons keep the keyboard. */
(function () {
  "use strict";

  document.addEventListener("htmx:afterSwap", function (event) {
    const sent = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    const button = sent && sent.submitter;
    if (!button || button.name !== "page" || event.detail.target.id !== "rows") return;
    document.getElementById("list-count").scrollIntoView();
    const same = document.getElementById(button.id) || document.querySelector(".pages button");
    if (same) same.focus({ preventScroll: true });
  });
})();
