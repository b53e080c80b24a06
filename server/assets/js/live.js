// Keeps a page fresh and sends its forms without a reload. Every page works without this file. It is written for the
// browsers of televisions, too, which are years behind.
"use strict";
(() => {
  const SECOND = 1000, MINUTE = 60 * SECOND, VIETNAM = 7 * 60 * MINUTE;
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  function style(doc) {
    const link = doc.querySelector("link[rel=stylesheet]");
    return link ? link.getAttribute("href") : null;
  }
  const fill = (element, nodes) => { element.textContent = ""; element.append(...nodes); };
  const focus = (element, how) => { if (element) element.focus(how); };

  // A screen on the wall runs for weeks: after an update of the server it takes up its new styles and scripts.
  const sources = (doc) => [...doc.querySelectorAll("script[src], link[rel=stylesheet]")].map((at) => at.outerHTML).join();
  const isOld = (next) => document.querySelector("[data-wall]") !== null && sources(next) !== sources(document);

  // Somebody is writing or has unfolded something here: leave it alone.
  function inUse(region) {
    const at = document.activeElement;
    return (region.contains(at) && at.matches("input, textarea, select"))
      || region.querySelector("details[open]") !== null
      || [...region.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
  }

  // Takes the regions marked data-live over from a freshly fetched page. Their children change, they
  // stay: so do scroll positions, and the focus finds its element again by id.
  function takeOver(next) {
    setClock(next);
    for (const region of document.querySelectorAll("[data-live]")) {
      const fresh = next.getElementById(region.id);
      if (!fresh || inUse(region)) continue;
      if (region.dataset.version && region.dataset.version === fresh.dataset.version) continue;
      const known = new Set([...region.querySelectorAll("[data-key]")].map((item) => item.dataset.key));
      for (const item of fresh.querySelectorAll("[data-key]")) {
        if (known.size > 0 && !known.has(item.dataset.key)) item.classList.add("new");
      }
      const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
      for (const { name, value } of fresh.attributes) region.setAttribute(name, value);
      fill(region, fresh.childNodes);
      if (focused) focus(document.getElementById(focused), { preventScroll: true });
    }
  }

  // At most one refresh a second, and one after the last event.
  let waiting = 0, last = 0, running = false, sent = 0;
  function refreshSoon() {
    if (waiting || document.hidden) return;
    waiting = setTimeout(refresh, Math.max(0, last + SECOND - Date.now()));
  }
  async function refresh() {
    waiting = 0;
    if (running) return refreshSoon();
    running = true;
    last = Date.now();
    const before = sent;
    try {
      // A page that opened its first case by itself stays with that case.
      const here = document.body.dataset.here || location.href;
      const reply = await fetch(here, { headers: { accept: "text/html" } });
      const next = parse(await reply.text());
      if (reply.redirected && style(next) !== style(document)) location.assign(reply.url);
      else if (reply.ok && isOld(next)) location.reload();
      else if (reply.ok && before === sent) takeOver(next);
      mark(!reply.ok);
    } catch {
      mark(true);
    }
    running = false;
  }
  function mark(cut) {
    for (const shown of document.querySelectorAll("[data-live-mark]")) shown.classList.toggle("cut", cut);
  }

  // A form goes out once; its answer is a whole page, shown in place.
  async function send(form) {
    const button = form.querySelector("button:not([type=button])");
    if (button && button.disabled) return;
    const body = new URLSearchParams(new FormData(form));
    if (button) button.disabled = true;
    sent += 1;
    try {
      const reply = await fetch(form.action, { method: "POST", body });
      const next = parse(await reply.text());
      if (reply.redirected) history.replaceState(null, "", reply.url);
      show(next);
    } catch {
      const words = document.getElementById("mat-mang"), told = document.getElementById("bao");
      if (words && told) fill(told, [words.content.cloneNode(true)]);
      if (button) button.disabled = false;
    }
  }
  function show(next) {
    if (style(next) !== style(document)) {
      document.documentElement.replaceWith(document.adoptNode(next.documentElement));
    } else {
      document.title = next.title;
      document.body.replaceWith(document.adoptNode(next.body));
    }
    focus(document.querySelector("[aria-invalid=true]") || document.getElementById("noi-dung"));
    tidyAddress();
  }
  // What was said once is not said again after a reload.
  function tidyAddress() {
    const address = new URL(location.href);
    if (!address.searchParams.has("bao")) return;
    for (const name of ["bao", "ma", "n", "loi"]) address.searchParams.delete(name);
    history.replaceState(null, "", address);
  }

  // The clock is the server's, whatever this screen believes.
  let ahead = 0;
  function setClock(doc) {
    const clock = doc.querySelector("[data-clock]");
    if (clock) ahead = Number(clock.dataset.clock) - Date.now();
  }
  function tick() {
    const clock = document.querySelector("[data-clock-time]");
    if (clock) clock.textContent = new Date(Date.now() + ahead + VIETNAM).toISOString().slice(11, 16);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-send]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("stale", refreshSoon);
  tidyAddress();
  setClock(document);
  setInterval(tick, SECOND);
  const source = document.querySelector("[data-events]");
  if (source) {
    const events = new EventSource(source.dataset.events);
    events.addEventListener("action", refreshSoon);
    events.addEventListener("resync", refreshSoon);
    events.onopen = refreshSoon;
    events.onerror = () => mark(true);
    setInterval(refreshSoon, MINUTE);
    document.addEventListener("visibilitychange", refreshSoon);
  }
})();
