/* The editor of the desk. A text's figures stand in it as chips; below it lies the field that is
   sent, which a browser without this script shows instead. What is pasted comes in as plain text. */
(function () {
  "use strict";
  const field = document.querySelector("textarea[data-chips]");
  const form = document.getElementById("desk-form");
  const preview = document.getElementById("desk-preview");
  if (!form || !preview) return;

  /* --- the preview says when it is not what was typed last --- */

  function stale(is) {
    const shown = preview.querySelector(".desk-stale");
    if (!is) {
      if (shown) shown.remove();
    } else if (!shown) {
      const line = document.createElement("p");
      line.className = "notice notice-error desk-stale";
      line.setAttribute("role", "status");
      line.textContent = preview.dataset.stale;
      preview.prepend(line);
    }
  }
  for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    preview.addEventListener(event, function () { stale(true); });
  }

  const kept = document.getElementById("desk-kept");
  form.addEventListener("draft:kept", function () {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    kept.textContent = kept.dataset.kept.replace("{time}", time);
  });

  if (!field) return;

  /* --- the text with its chips, and back to a text with tokens --- */

  const known = new Map(Object.entries(JSON.parse(document.getElementById("desk-chips").textContent)));
  const PIECE = /\{\{|\}\}|\{[a-z][a-z0-9_]*(?:\|[a-z][a-z0-9_]*)?\}/g;
  const editor = document.createElement("div");
  let place = null;
  let chosen = null;

  function chip(token) {
    const made = document.createElement("span");
    const figure = known.get(token);
    made.className = "chip" + (/^[〔[]/.test(figure.words) ? " chip-gap" : "");
    made.contentEditable = "false";
    made.dataset.token = token;
    made.title = figure.name;
    made.textContent = figure.words;
    return made;
  }

  function parts(text) {
    const found = [];
    let last = 0;
    for (const piece of text.matchAll(PIECE)) {
      if (!known.has(piece[0])) continue;
      found.push(document.createTextNode(text.slice(last, piece.index)), chip(piece[0]));
      last = piece.index + piece[0].length;
    }
    // A last line break shows only with something behind it.
    found.push(document.createTextNode(text.slice(last)));
    return found;
  }

  function written(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.dataset && node.dataset.token) return node.dataset.token;
    if (node.nodeName === "BR") return "\n";
    const inner = [...node.childNodes].map(written).join("");
    return node !== editor && node.nodeName === "DIV" ? "\n" + inner : inner;
  }

  function show() { editor.replaceChildren(...parts(field.value)); }

  function keep() {
    field.value = written(editor).replace(/\u00a0/g, " ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  editor.className = "form-control chips-text";
  editor.contentEditable = "plaintext-only";
  if (editor.contentEditable !== "plaintext-only") editor.contentEditable = "true";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.setAttribute("aria-label", field.labels[0].textContent.trim());
  editor.setAttribute("aria-describedby", "id_body_helptext");
  editor.lang = "zh-hans";
  show();
  field.hidden = true;
  field.after(editor);
  field.labels[0].addEventListener("click", function () { editor.focus(); });
  field.addEventListener("change", show); // a draft was put back

  editor.addEventListener("input", keep);
  editor.addEventListener("paste", function (event) {
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    document.execCommand("insertText", false, text);
  });
  editor.addEventListener("drop", function (event) { event.preventDefault(); });

  /* --- figures --- */

  function choose(target) {
    if (chosen) chosen.classList.remove("chip-chosen");
    chosen = target;
    if (chosen) chosen.classList.add("chip-chosen");
  }

  document.addEventListener("selectionchange", function () {
    const selection = getSelection();
    if (selection.rangeCount && editor.contains(selection.anchorNode)) {
      place = selection.getRangeAt(0).cloneRange();
    }
  });

  const panel = document.querySelector(".desk-figures");
  const search = document.getElementById("figure-search");

  editor.addEventListener("click", function (event) {
    const target = event.target.closest(".chip");
    choose(target);
    if (target) {
      panel.open = true;
      search.value = known.get(target.dataset.token).name;
      filter();
    }
  });

  function filter() {
    const wanted = search.value.trim().toLowerCase();
    let any = false;
    for (const line of panel.querySelectorAll("li[data-figure]")) {
      line.hidden = Boolean(wanted) && !line.textContent.toLowerCase().includes(wanted) &&
        !line.dataset.figure.includes(wanted);
      any = any || !line.hidden;
    }
    for (const group of panel.querySelectorAll(".desk-group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    const none = panel.querySelector("[data-none]");
    if (none) none.hidden = any;
  }
  search.addEventListener("input", function (event) { event.stopPropagation(); filter(); });
  search.addEventListener("keydown", function (event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = panel.querySelector("li:not([hidden]) [data-token]");
    if (first) first.click();
  });
  panel.addEventListener("htmx:afterSwap", filter);

  panel.addEventListener("click", function (event) {
    const button = event.target.closest("[data-token]");
    if (!button) return;
    const name = button.closest("li").dataset.name;
    known.set(button.dataset.token, { name: name, words: button.textContent });
    const made = chip(button.dataset.token);
    if (chosen) {
      chosen.replaceWith(made);
    } else {
      if (!place) {
        place = document.createRange();
        place.selectNodeContents(editor);
        place.collapse(false);
      }
      place.deleteContents();
      place.insertNode(made);
    }
    choose(null);
    editor.focus();
    const behind = document.createRange();
    behind.setStartAfter(made);
    behind.collapse(true);
    getSelection().removeAllRanges();
    getSelection().addRange(behind);
    keep();
  });
})();
