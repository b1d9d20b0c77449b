/* Files of evidence sent one by one, each with its own progress; what is lost on the way is kept
   and sent again. The form works without this script too. */
(function () {
  "use strict";
  const form = document.querySelector("form.upload");
  if (!form) return;
  const words = JSON.parse(form.dataset.upload);
  const list = form.querySelector(".uploads");
  const slot = form.elements.slot;
  const inputs = form.querySelectorAll('input[type="file"]');
  const AT_ONCE = 2;
  const items = [];

  form.classList.add("is-live");
  for (const input of inputs) {
    input.disabled = false;
    input.addEventListener("change", function () {
      add([...input.files]);
      input.value = "";
    });
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); });

  /* --- what comes in --- */

  function add(files) {
    for (const file of files) {
      const item = { file: file, slot: slot.value, token: newToken(), state: "waiting" };
      items.push(item);
      show(item);
      const fault = faultOf(file);
      if (fault) settle(item, "refused", fault);
      else say(item, words.waiting);
    }
    next();
  }

  function faultOf(file) {
    const dot = file.name.lastIndexOf(".");
    const extension = dot < 0 ? "" : file.name.slice(dot).toLowerCase();
    if (!(extension in words.most)) return words.refused[extension] || words.kind;
    if (!file.size) return words.empty;
    return file.size > words.most[extension] ? words.tooLarge : "";
  }

  function newToken() {
    // A page reached over http has no crypto.randomUUID.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map(function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  /* --- one line for each file --- */

  function show(item) {
    item.line = document.createElement("li");
    const name = document.createElement("span");
    name.className = "upload-name";
    name.textContent = item.file.name;
    item.words = document.createElement("span");
    item.words.className = "upload-state";
    item.bar = document.createElement("progress");
    item.bar.max = 1;
    item.bar.value = 0;
    item.bar.setAttribute("aria-label", item.file.name);
    item.line.append(name, item.words, item.bar);
    list.append(item.line);
  }

  function say(item, text) {
    item.words.textContent = text;
  }

  function settle(item, state, text) {
    item.state = state;
    item.line.classList.toggle("is-bad", state !== "stored");
    item.line.classList.toggle("is-stored", state === "stored");
    item.bar.hidden = true;
    say(item, text);
    if (state === "lost") offerAgain(item);
  }

  function offerAgain(item) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = words.again;
    button.addEventListener("click", function () { again([item]); });
    item.button = button;
    item.line.append(button);
  }

  /* --- sending --- */

  function next() {
    const busy = items.filter(function (item) { return item.state === "sending"; }).length;
    items.filter(function (item) { return item.state === "waiting"; })
      .slice(0, AT_ONCE - busy)
      .forEach(send);
    const open = items.some(function (item) { return ["waiting", "sending"].includes(item.state); });
    if (!open && items.some(function (item) { return item.state === "stored" && !item.shown; })) {
      renew();
    }
  }

  function send(item) {
    item.state = "sending";
    item.bar.hidden = false;
    item.line.classList.remove("is-bad");
    say(item, words.sending);
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("_token", item.token);
    data.append("slot", item.slot);
    data.append("files", item.file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) item.bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", function () { say(item, words.checking); });
    request.addEventListener("load", function () { answered(item, request); });
    request.addEventListener("error", function () { lost(item, words.lost); });
    request.send(data);
  }

  function answered(item, request) {
    const answer = parsed(request);
    if (request.status === 200 && answer && answer.refused) {
      if (answer.refused.length) settle(item, "refused", answer.refused.join(" "));
      else settle(item, "stored", words.stored);
    } else if (request.responseURL.includes(form.dataset.signIn) || request.status === 403) {
      lost(item, words.signedOut);
      return;
    } else {
      lost(item, words.failed);
      return;
    }
    next();
  }

  function parsed(request) {
    try {
      return JSON.parse(request.responseText);
    } catch (error) {
      return null;
    }
  }

  function lost(item, text) {
    settle(item, "lost", text);
    next();
  }

  function again(lostOnes) {
    renewed().catch(function () {}).finally(function () {
      for (const item of lostOnes) {
        if (item.state !== "lost") continue;
        item.button.remove();
        item.state = "waiting";
        say(item, words.waiting);
      }
      next();
    });
  }

  /* --- the page as it is on the server by now --- */

  function renewed() {
    return fetch(location.pathname, { headers: { Accept: "text/html" } })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error("no page");
        return answer.text();
      })
      .then(function (text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const token = page.querySelector("form.upload [name=csrfmiddlewaretoken]");
        if (token) form.elements.csrfmiddlewaretoken.value = token.value;
        return page;
      });
  }

  function renew() {
    items.forEach(function (item) { if (item.state === "stored") item.shown = true; });
    renewed().then(function (page) {
      for (const id of ["missing", "evidence-list"]) {
        const here = document.getElementById(id);
        const there = page.getElementById(id);
        if (here && there) here.replaceWith(document.adoptNode(there));
      }
      document.dispatchEvent(new CustomEvent("evidence:renewed"));
    }).catch(function () {});
  }

  /* --- dragging, a kind chosen in the checklist, leaving --- */

  const area = document.getElementById("evidence");
  let inside = 0;

  function holdsFiles(event) {
    return event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  }

  area.addEventListener("dragenter", function (event) {
    if (!holdsFiles(event)) return;
    inside += 1;
    form.classList.add("is-over");
  });
  area.addEventListener("dragleave", function () {
    inside = Math.max(0, inside - 1);
    if (!inside) form.classList.remove("is-over");
  });
  // Beside the area a dropped file would replace the page.
  document.addEventListener("dragover", function (event) {
    if (holdsFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    inside = 0;
    form.classList.remove("is-over");
    if (area.contains(event.target)) add([...event.dataTransfer.files]);
  });

  area.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-slot]");
    if (!link) return;
    event.preventDefault();
    slot.value = link.dataset.slot;
    form.elements.files.click();
  });

  window.addEventListener("beforeunload", function (event) {
    const open = ["waiting", "sending", "lost"];
    if (items.some(function (item) { return open.includes(item.state); })) event.preventDefault();
  });
  window.addEventListener("online", function () {
    again(items.filter(function (item) { return item.state === "lost"; }));
  });
})();
