/* Who came: all present and untick, excused, and a live count that is compared with the typed one.
   The texts come from the counter's own element. */
(function () {
  "use strict";
  const form = document.querySelector("form.entry");
  const counter = document.getElementById("counter");
  if (!form) return;

  const every = (what, root) => [...(root || form).querySelectorAll(what)];
  const ticks = (root) => every("input[type=checkbox][name=present]", root);
  const reasonOf = (seat) => seat.querySelector("select[name=excused]");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);

  /* --- the count --- */

  function guests() {
    const rows = every(".guest-row").map((row) => ({
      capacity: row.querySelector("[name$=-capacity]").value.trim(),
      number: row.querySelector("[name$=-number]").value.trim(),
    })).filter((row) => row.capacity);
    return {
      number: rows.reduce((sum, row) => sum + Number(row.number || 0), 0),
      whole: rows.every((row) => row.number),
    };
  }

  function counted() {
    const picked = every("select[name=others] option:checked").length;
    const kept = new Set(every("select[data-kept][name=present] option:checked").map((o) => o.value));
    const seats = every(".seat");
    const marked = seats.filter((seat) => ticks(seat)[0].checked || reasonOf(seat).value);
    const others = marked.filter((seat) => !seat.closest("[data-due]"));
    return {
      due: every("[data-due] .seat").length + others.length + picked + kept.size,
      present: ticks().filter((tick) => tick.checked).length + picked + kept.size,
      excused: seats.filter((seat) => reasonOf(seat).value).length,
    };
  }

  function line() {
    const words = counter.dataset;
    const count = counted();
    const coming = guests();
    const total = count.present + coming.number;
    const typed = form.elements.head_count && form.elements.head_count.value.trim();
    const about = form.elements.head_count_is_about && form.elements.head_count_is_about.checked;
    const said = form.elements.head_count_note && form.elements.head_count_note.value.trim();
    const parts = [filled(words.line, count)];
    if (coming.number) parts.push(filled(words.guests, { guests: coming.number, total: total }));
    let differs = false;
    if (typed && count.present && !about) {
      differs = Number(typed) < total || (Number(typed) > total && coming.whole);
      if (!differs) parts.push(words.agrees);
      else if (!said) parts.push(filled(words.differs, { typed: typed }));
    }
    counter.classList.toggle("counter-differs", differs && !said);
    return parts.join(" · ");
  }

  let last = "";
  function count() {
    if (!counter) return;
    const now = line();
    // The same words again would be read aloud again.
    if (now !== last) counter.textContent = now;
    last = now;
  }

  /* --- ticks --- */

  function settle(target) {
    const seat = target.closest(".seat");
    if (!seat) return;
    if (target.name === "excused" && target.value) ticks(seat)[0].checked = false;
    if (target.name === "present" && target.checked) reasonOf(seat).value = "";
  }

  function allPresent() {
    for (const seat of every("[data-due] .seat")) {
      if (!reasonOf(seat).value) ticks(seat)[0].checked = true;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Ticks that came back from a draft before their list was there wait in a hidden field; on the
     list, the list's own tick counts. */
  function release() {
    for (const select of every("select[data-kept]")) {
      for (const option of [...select.options]) {
        const there = select.name === "present"
          ? ticks().some((tick) => tick.value === option.value)
          : every(".seat select[name=excused] option").some((o) => o.value === option.value);
        if (there || !option.value) option.remove();
      }
    }
  }

  /* --- what happens --- */

  form.addEventListener("change", function (event) {
    if (event.target.matches("select[data-kept]")) release();
    settle(event.target);
    count();
  });
  form.addEventListener("input", count);
  form.addEventListener("click", function (event) {
    if (event.target.closest("[data-all-present]")) {
      allPresent();
      count();
    }
  });
  document.addEventListener("htmx:afterSettle", count);

  count();
})();
