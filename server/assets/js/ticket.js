// A number on a phone: the page follows the hall, and the phone shakes when its turn is near. The page itself is
// fetched anew by live.js; without scripts it reloads itself.
"use strict";
(() => {
  const SECOND = 1000, REFRESH = 60 * SECOND, AGAIN = 5 * SECOND, SPREAD = 4 * SECOND, NEAR = 2;
  const page = document.querySelector("[data-hall]"), region = document.getElementById("dang");
  const stands = () => ({ ...region.dataset });
  const shake = (how) => { if (navigator.vibrate) navigator.vibrate(how); };
  const isNear = (at) => at.state === "waiting" && Number(at.ahead) <= NEAR;
  let before = stands(), called = 0, later = 0, events;

  // Shakes once when it becomes near, and at every call.
  new MutationObserver(() => {
    const now = stands();
    if (now.state === "called" && before.state !== "called") shake([400, 200, 400, 200, 400]);
    else if (isNear(now) && !isNear(before)) shake([300]);
    before = now;
  }).observe(region, { attributes: true, attributeFilter: ["data-state", "data-ahead"] });

  const stale = () => document.dispatchEvent(new Event("stale"));
  // All phones of a hall hear of a change at once; whom it does not call asks a little later.
  function soon() {
    if (!later) later = setTimeout(() => { later = 0; stale(); }, Math.random() * SPREAD);
  }

  function connect() {
    if (events) events.close();
    const stream = events = new EventSource(page.dataset.hall);
    stream.addEventListener("hall", (event) => {
      const mine = JSON.parse(event.data).calls.find((call) => call.number === page.dataset.number);
      if (mine && mine.seq > called) {
        called = mine.seq;
        stale();
      } else soon();
    });
    stream.onerror = () => {
      soon();
      if (stream === events && stream.readyState === EventSource.CLOSED) {
        setTimeout(() => { if (stream === events) connect(); }, AGAIN * (1 + Math.random()));
      }
    };
  }

  connect();
  setInterval(stale, REFRESH);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (events.readyState === EventSource.CLOSED) connect();
    stale();
  });
})();
