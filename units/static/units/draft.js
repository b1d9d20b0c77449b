/* Keeps what is typed into a form on the server until the form is saved, and offers it again.

   For forms marked data-draft and for the change forms of Django's admin. Nothing is kept in the
   browser: office computers are shared. The texts shown here come from the script's own element. */
(function () {
  "use strict";
  const EVERY = 3000;
  const script = document.currentScript;
  const form = document.querySelector(
    'form[data-draft], body.change-form #content-main form[method="post"]'
  );
  if (!form) return;

  const words = script.dataset;
  const path = new URL(form.getAttribute("action") || "", location.href).pathname;
  const idle = Number(words.idleMinutes) * 60000;
  const token = form.querySelector('[name="csrfmiddlewaretoken"]');
  let stored = JSON.stringify(typed());
  let contact = Date.now();
  let over = false;
  let bar = null;

  function counts(field) {
    return (
      field.name && !field.disabled && field.name !== "csrfmiddlewaretoken" &&
      !field.name.includes("__prefix__") &&
      !["password", "file", "submit", "button", "reset", "image"].includes(field.type)
    );
  }

  function typed() {
    const rows = [];
    for (const field of form.elements) {
      if (!counts(field)) continue;
      if (field.tagName === "SELECT") {
        for (const option of field.selectedOptions) {
          rows.push([field.name, option.value, option.text]);
        }
      } else if (!["checkbox", "radio"].includes(field.type) || field.checked) {
        rows.push([field.name, field.value]);
      }
    }
    return rows;
  }

  /* --- to the server and back --- */

  function body(fields) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token.value);
    data.append("path", path);
    data.append("user", words.user);
    if (fields) data.append("fields", fields);
    return data;
  }

  async function answer(response) {
    if (!response.ok || response.redirected) throw new Error("no answer");
    const found = await response.json();
    if (!found.signed_in || String(found.user) !== words.user) {
      finish();
      return null;
    }
    contact = Date.now();
    token.value = found.token;
    return found;
  }

  function ask() {
    return fetch(words.url + "?path=" + encodeURIComponent(path)).then(answer);
  }

  function store() {
    const now = JSON.stringify(typed());
    if (over || now === stored) return;
    stored = now;
    fetch(words.url, { method: "POST", body: body(now), keepalive: now.length < 60000 })
      .then(answer)
      .then(function (found) { if (found) form.dispatchEvent(new Event("draft:kept")); })
      .catch(function () { stored = ""; });
  }

  function finish() {
    if (over) return;
    over = true;
    show(words.ended, [], words.signInUrl);
  }

  setInterval(function () {
    if (over) return;
    store();
    if (Date.now() - contact > idle) finish();
  }, EVERY);
  form.addEventListener("submit", function () { over = true; });
  window.addEventListener("pagehide", store);
  document.addEventListener("visibilitychange", function () {
    // Signed in again in another window: the form needs that session's token.
    if (document.visibilityState === "visible") ask().catch(function () {});
  });

  /* --- the offer --- */

  function button(text, deed) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-secondary button";
    made.textContent = text;
    made.addEventListener("click", deed);
    return made;
  }

  function show(text, buttons, address) {
    if (bar) bar.remove();
    bar = document.createElement("div");
    bar.className = "draft-bar";
    bar.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = text;
    bar.append(line, ...buttons);
    if (address) {
      const link = document.createElement("a");
      link.href = address + "?next=" + encodeURIComponent(location.pathname + location.search);
      link.textContent = words.signIn;
      bar.append(link);
    }
    form.prepend(bar);
  }

  function discard() {
    fetch(words.discardUrl, { method: "POST", body: body() });
    bar.remove();
  }

  function offer(found) {
    const fields = found.fields.filter(function (row) { return row[0] !== "csrfmiddlewaretoken"; });
    const here = typed().map(function (row) { return row.slice(0, 2); });
    const kept = fields.map(function (row) { return row.slice(0, 2); });
    if (JSON.stringify(here) === JSON.stringify(kept)) return;
    const when = new Date(found.saved_at).toLocaleString(document.documentElement.lang);
    show(words.offer.replace("{time}", when), [
      button(words.restore, function () { restore(fields); }),
      button(words.discard, discard),
    ]);
  }

  /* --- putting it back --- */

  function addRows(prefix, wanted) {
    const total = form.elements[prefix + "-TOTAL_FORMS"];
    const add = document.querySelector(
      "#" + CSS.escape(prefix) + "-group .add-row a, [data-add-row='" + CSS.escape(prefix) + "']"
    );
    for (let tries = 0; add && Number(total.value) < wanted && tries < 300; tries += 1) add.click();
    return Number(total.value) >= wanted;
  }

  function fits(fields) {
    // Rows that others added or removed would shift ours: then nothing is put back by machine.
    return fields.every(function (row) {
      const field = form.elements[row[0]];
      if (row[0].endsWith("-INITIAL_FORMS")) return field && field.value === row[1];
      if (row[0].endsWith("-TOTAL_FORMS")) {
        return field && addRows(row[0].replace(/-TOTAL_FORMS$/, ""), Number(row[1]));
      }
      return true;
    });
  }

  function put(field, values) {
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = values.some(function (row) { return row[1] === field.value; });
    } else if (field.tagName === "SELECT") {
      for (const row of values) {
        if (![...field.options].some(function (option) { return option.value === row[1]; })) {
          field.add(new Option(row[2] || row[1], row[1]));
        }
      }
      for (const option of field.options) {
        option.selected = values.some(function (row) { return row[1] === option.value; });
      }
    } else if (values.length) {
      field.value = values.shift()[1];
    }
    if (field.tomselect) field.tomselect.sync();
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (window.django && window.django.jQuery) window.django.jQuery(field).trigger("change");
  }

  function restore(fields) {
    if (!fits(fields)) {
      showAsText(fields);
      return;
    }
    const values = new Map();
    for (const row of fields) {
      if (!/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(row[0])) {
        values.set(row[0], (values.get(row[0]) || []).concat([row]));
      }
    }
    for (const field of [...form.elements].filter(counts)) {
      if (!/_FORMS$/.test(field.name)) put(field, values.get(field.name) || []);
    }
    show(words.restored, []);
  }

  function showAsText(fields) {
    show(words.changed, [button(words.discard, discard)]);
    const list = document.createElement("dl");
    for (const row of fields) {
      if (row[0].startsWith("_") || /_FORMS$/.test(row[0]) || !row[1]) continue;
      const field = form.elements[row[0]];
      const label = field && field.labels && field.labels[0];
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = label ? label.textContent : row[0];
      value.textContent = row[2] || row[1];
      list.append(name, value);
    }
    bar.append(list);
  }

  ask().then(function (found) {
    if (found && found.fields) offer(found);
  }).catch(function () {});
})();
