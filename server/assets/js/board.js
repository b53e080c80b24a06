// A hall's screen: calls as they happen. What else is on the page is kept fresh by live.js; without scripts the page
// reloads itself, and where this one cannot run, keep.js does it.
"use strict";
(() => {
  const SECOND = 1000, REFRESH = 20 * SECOND, SILENT = 60 * SECOND, AGAIN = 2 * SECOND;
  const address = document.querySelector("[data-hall]").dataset.hall;
  const rows = document.getElementById("goi"), none = document.getElementById("chua-goi");
  const room = Number(rows.dataset.room);
  let events, heard = 0;

  function row(call) {
    const row = document.createElement("tr");
    const number = document.createElement("th"), counter = document.createElement("td");
    row.dataset.seq = call.seq;
    number.scope = "row";
    number.textContent = call.number;
    counter.textContent = call.counter;
    row.append(number, counter);
    return row;
  }

  // The whole hall comes each time, so a screen that missed something is right again.
  function show(calls) {
    const shown = calls.slice(0, room);
    const seqs = (list) => list.join();
    const before = [...rows.children].map((row) => row.dataset.seq);
    if (seqs(before) === seqs(shown.map((call) => call.seq))) return;
    const newest = Math.max(0, ...before.map(Number));
    rows.textContent = "";
    rows.append(...shown.map(row));
    if (shown.length > 0 && shown[0].seq > newest) rows.firstChild.classList.add("new");
    none.hidden = shown.length > 0;
  }

  const stale = () => document.dispatchEvent(new Event("stale"));

  // A browser comes back by itself after a cut line, but not after an answer such as 502; and of a line that died
  // silently nobody tells it.
  function connect() {
    if (events) events.close();
    heard = Date.now();
    const stream = events = new EventSource(address);
    stream.addEventListener("hall", (event) => {
      heard = Date.now();
      const hall = JSON.parse(event.data);
      show(hall.calls);
      document.dispatchEvent(new CustomEvent("hall", { detail: hall }));
      stale();
    });
    stream.onerror = () => {
      stale();
      if (stream === events && stream.readyState === EventSource.CLOSED) {
        setTimeout(() => { if (stream === events) connect(); }, AGAIN * (1 + Math.random()));
      }
    };
  }

  connect();
  document.documentElement.dataset.runs = "";
  setInterval(() => {
    stale();
    if (Date.now() - heard > SILENT) connect();
  }, REFRESH);
})();
