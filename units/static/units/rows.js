/* Rows of a form that grow as they are filled: [data-rows] holds them, [data-row] is one, data-main
   names the field without which a row is none. Without scripts the blank rows of the page do. */
(function () {
  "use strict";
  const form = document.querySelector("form.entry");
  if (!form) return;

  function mainOf(row) {
    return row.querySelector("[name$='-" + row.dataset.main + "']");
  }

  function addRow(prefix) {
    const total = form.elements[prefix + "-TOTAL_FORMS"];
    const holder = document.getElementById(prefix + "-rows");
    const empty = document.getElementById(prefix + "-empty").content.cloneNode(true);
    const fresh = document.createElement("div");
    fresh.append(empty);
    fresh.innerHTML = fresh.innerHTML.replaceAll("__prefix__", total.value);
    const rows = [...fresh.children];
    holder.append(...rows);
    total.value = Number(total.value) + 1;
    if (window.htmx) rows.forEach((row) => window.htmx.process(row));
    return rows[0];
  }

  function grow(target) {
    const row = target.closest("[data-row]");
    if (row && !row.nextElementSibling && target === mainOf(row) && target.value) {
      const fresh = addRow(row.parentElement.dataset.rows);
      // What the row above it says is the best guess for the next one.
      const kind = row.querySelector("select[name$='-kind']");
      if (kind) fresh.querySelector("select[name$='-kind']").value = kind.value;
    }
  }

  function show(root) {
    root.querySelectorAll("[data-add-row]").forEach((button) => { button.hidden = false; });
  }

  form.addEventListener("input", function (event) {
    if (event.target.closest) grow(event.target);
  });
  form.addEventListener("keydown", function (event) {
    // Enter in a row leads to the next one instead of sending a form that is half filled.
    const row = event.target.closest("[data-row]");
    if (event.key !== "Enter" || event.isComposing || !row || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const next = row.nextElementSibling || addRow(row.parentElement.dataset.rows);
    mainOf(next).focus();
  });
  form.addEventListener("click", function (event) {
    const add = event.target.closest("[data-add-row]");
    // A draft that is put back adds the rows it needs by the same button.
    if (add) mainOf(addRow(add.dataset.addRow)).focus();
  });

  show(document);
  document.addEventListener("htmx:load", function (event) { show(event.detail.elt); });
})();
