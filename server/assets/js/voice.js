// The loudspeaker of a zone: speaks the calls that board.js hears of, one after the other, each once.
"use strict";
(() => {
  const SECOND = 1000, OLD = 120 * SECOND, BETWEEN = 0.5, AFTER = 5 * SECOND;
  const button = document.querySelector("[data-voice]"), setup = button.dataset;
  const languages = setup.languages.split(","), repeats = Number(setup.repeats);
  const zone = setup.counters.split(",").filter(Boolean).map((range) => range.split("-").map(Number));
  const isOurs = (call) => zone.length === 0 || zone.some(([from, to]) => from <= call.counter && call.counter <= to);

  // At the clips' own rate nothing is resampled, so that clips join sample by sample. A browser that knows only its own
  // rate decodes them to that.
  const context = new AudioContext({ sampleRate: 22050 }), rate = context.sampleRate;
  const volume = context.createGain();
  volume.gain.value = Number(setup.volume) / 100;
  volume.connect(context.destination);

  // Which calls were spoken, also before this page was loaded again; a browser that keeps nothing knows of this page only.
  const KEY = `da-goi ${location.pathname}`;
  const kept = (act) => { try { return act(sessionStorage); } catch (refused) { return null; } };
  let taken = Number(kept((store) => store.getItem(KEY))) || 0, ahead = 0, speaking = false;
  const waiting = [];

  const clips = new Map();
  async function fetchClip(name) {
    const reply = await fetch(`/voice/${name}.wav`);
    if (!reply.ok) throw new Error(`${reply.status} ${name}`);
    return (await context.decodeAudioData(await reply.arrayBuffer())).getChannelData(0);
  }
  // Each is fetched and decoded once; one that failed is tried again when it is needed.
  function clip(name) {
    if (!clips.has(name)) {
      clips.set(name, fetchClip(name).catch(() => { clips.delete(name); return new Float32Array(0); }));
    }
    return clips.get(name);
  }

  // Everything that is said of a call, as one stretch of sound.
  async function join(call) {
    const said = { vi: call.clips, en: call.clips_en }, parts = [];
    for (let round = 0; round < repeats; round += 1) {
      for (const language of languages) {
        if (parts.length > 0) parts.push(new Float32Array(BETWEEN * rate));
        const names = said[language].filter((name) => parts.length === 0 || name !== "chime");
        parts.push(...await Promise.all(names.map((name) => clip(`${language}/${name}`))));
      }
    }
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const sound = context.createBuffer(1, Math.max(1, length), rate);
    let at = 0;
    for (const part of parts) {
      sound.copyToChannel(part, 0, at);
      at += part.length;
    }
    return sound;
  }

  function play(sound) {
    return new Promise((done) => {
      const source = context.createBufferSource();
      source.buffer = sound;
      source.connect(volume);
      source.onended = done;
      source.start();
      // A sound card that was pulled out never tells that it has finished.
      setTimeout(done, sound.duration * SECOND + AFTER);
    });
  }

  async function speak() {
    if (speaking || context.state !== "running") return;
    speaking = true;
    while (waiting.length > 0 && context.state === "running") {
      const call = waiting.shift();
      if (Date.now() + ahead - call.at > OLD) continue;
      const sound = await join(call);
      kept((store) => store.setItem(KEY, call.seq));
      document.dispatchEvent(new CustomEvent("spoken", { detail: { seq: call.seq, samples: sound.length } }));
      await play(sound);
    }
    speaking = false;
  }

  document.addEventListener("hall", ({ detail: hall }) => {
    ahead = hall.server_time - Date.now();
    const news = hall.calls.filter((call) => call.seq > taken).sort((a, b) => a.seq - b.seq);
    for (const call of news) {
      taken = call.seq;
      if (isOurs(call)) waiting.push(call);
    }
    speak();
  });

  // A browser lets a page be heard once somebody has touched it, unless it was set up otherwise.
  const ask = () => { button.hidden = context.state === "running"; };
  context.onstatechange = () => { ask(); speak(); };
  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => context.resume());
  setTimeout(ask, SECOND);
  for (const name of setup.clips.split(" ")) clip(name);
})();
