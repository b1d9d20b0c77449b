/* Forms for entering records: pickers that find by pinyin, a word before leaving, and patience with
   a lost connection. The texts come from the script's own element. */
(function () {
  "use strict";
  const words = document.currentScript.dataset;

  /* --- pickers: <select data-pick>; an option's data-find holds pinyin and initials --- */

  /* data-create holds the words before a new name: what is typed and stands on no list is kept as
     "new:…" and becomes a record when the form is saved. */

  function textOf(className, text) {
    return Object.assign(document.createElement("div"), { className, textContent: text });
  }

  function pickers(root) {
    if (!window.TomSelect) return;
    for (const select of root.querySelectorAll("select[data-pick]:not(.tomselected)")) {
      const plugins = select.multiple ? { remove_button: { title: words.remove } }
        : { clear_button: { title: words.remove } };
      const creates = select.dataset.create;
      // The picker takes the label for its own field; the hidden list keeps the name.
      if (select.labels.length) select.setAttribute("aria-label", select.labels[0].textContent.trim());
      new window.TomSelect(select, {
        allowEmptyOption: false,
        closeAfterSelect: !select.multiple,
        create: creates ? (text) => ({ value: "new:" + text, text: text }) : false,
        createOnBlur: Boolean(creates),
        maxOptions: 400,
        plugins: plugins,
        // Enter right after the last letter takes what these letters find, not what stood above.
        refreshThrottle: 0,
        searchField: ["text", "find"],
        render: {
          no_results: () => textOf("no-results", words.none),
          option_create: (data) => textOf("create", (creates || "{}").replace("{}", data.input)),
        },
      });
    }
  }

  /* --- leaving with something typed, sending without a connection --- */

  function watch(form) {
    if (form.dataset.watched) return;
    form.dataset.watched = "yes";
    let changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) {
        changed = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      tell(form, words.offline);
    }, true);
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  }

  function tell(form, text) {
    let line = form.querySelector(".entry-offline");
    if (!line) {
      line = document.createElement("p");
      line.className = "notice notice-error entry-offline";
      line.setAttribute("role", "alert");
      (form.querySelector(".entry-actions") || form).prepend(line);
    }
    line.textContent = text;
  }

  function begin(root) {
    pickers(root);
    root.querySelectorAll("form[data-draft]").forEach(watch);
  }

  /* --- a list's rows as a file: a download is no part of the page, so htmx must not fetch it --- */

  document.addEventListener("htmx:beforeRequest", function (event) {
    const sent = event.detail.requestConfig.triggeringEvent;
    const button = sent && sent.submitter;
    if (!button || button.name !== "file") return;
    event.preventDefault();
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    button.form.append(field);
    button.form.submit();
    field.remove();
  });

  begin(document);
  document.addEventListener("htmx:load", function (event) { begin(event.detail.elt); });
  window.addEventListener("online", function () {
    document.querySelectorAll(".entry-offline").forEach(function (line) { line.remove(); });
  });
})();
