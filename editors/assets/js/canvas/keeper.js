// Keeping what was done: on this device at once, on the server a moment later, and never over somebody else's.
//
// The server is told the version that was begun from. When it has another one it answers 409 with what it has, and
// the person chooses. A look on show is not saved by itself: half a move would be on the page.

const PAUSE = 900; // ms of quiet before a draft is sent
const AGAIN = 5000; // between two tries without a network
const LONGEST = 300_000; // between two tries when the server fails: each waits twice as long as the one before

// The same scene is the same text, whoever wrote it down.
const written = (scene) =>
  JSON.stringify(scene, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

export function keeper({ root, values, say, told, conflict, scene, summed, sumKnown }) {
  const key = `look-${values.look}`;
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  let version = values.version;
  let kept = written(values.scene); // what the server has
  let timer = 0;
  let failed = 0; // times in a row that the server could not
  let sending = null;
  let stopped = false;

  const state = (name, more = {}) => told(say(name, more), name);

  async function ask(address, body) {
    return fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  }

  function remember(text) {
    try {
      localStorage.setItem(key, JSON.stringify({ version, scene: text, pieces: values.pieces }));
    } catch {
      // A full or forbidden store: the server is told in a moment anyway.
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // as above
    }
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped) return sending;
    const text = written(scene());
    if (text === kept) {
      forget();
      return state("saved", { time: clock() });
    }
    state("saving");
    sending = deliver(text).finally(() => {
      sending = null;
    });
    return sending;
  }

  async function deliver(text) {
    let answer;
    try {
      answer = await ask(values.save, { version, ...JSON.parse(text) });
    } catch {
      return later("offline");
    }
    if (answer.redirected || answer.status === 401) return state("signedOut");
    if (answer.status >= 500 || answer.status === 429) return later("failed", Math.min(AGAIN * 2 ** failed++, LONGEST));
    failed = 0;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.version) {
      version = said.version;
      kept = text;
      summed(JSON.parse(text), said.total);
      const now = written(scene());
      if (now === text) {
        forget();
        return state("saved", { time: clock() });
      }
      remember(now);
      return values.onShow ? state("shown") : later("changed", PAUSE);
    }
    if (answer.status === 409 && said.scene && written(said.scene) === text) {
      // What was sent when the last page was left had arrived after all.
      keeps.takeTheirs(said);
      return state("saved", { time: clock() });
    }
    if (answer.status === 409 && said.scene) {
      stopped = true;
      state("changed");
      return conflict(said);
    }
    return state("refused", { why: (said.problems ?? [said.detail ?? answer.status]).join(" ") });
  }

  // A look on show is not saved by itself, but what it would cost is asked.
  async function sum() {
    const asked = scene();
    const answer = await ask(values.total, { version, ...asked }).catch(() => null);
    const said = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
    if (said?.total) summed(asked, said.total);
  }

  function later(name, pause = AGAIN) {
    state(name);
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  const clock = () => new Date().toLocaleTimeString(values.language === "en" ? "en-GB" : values.language, { hour: "2-digit", minute: "2-digit" });

  addEventListener("online", () => timer && send());
  // A page that comes back out of the browser's store began from a version that may be gone.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  // The page of words reads what is stored: what was just done is stored before it is asked for.
  root.querySelector(".builder__bar").addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || values.onShow || stopped || written(scene()) === kept) return;
    event.preventDefault();
    const before = kept;
    await send();
    if (kept !== before && written(scene()) !== kept) await send(); // done while an earlier one was on its way
    if (!stopped) location.assign(link.href);
  });
  // Leaving with something unsent: one last try that outlives the page; on this device it is kept anyway.
  addEventListener("pagehide", () => {
    const text = written(scene());
    if (stopped || values.onShow || text === kept) return;
    fetch(values.save, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ version, ...JSON.parse(text) }),
    }).catch(() => {});
  });

  const keeps = {
    send,
    ask,
    changed() {
      const text = written(scene());
      if (text === kept) forget();
      else remember(text);
      if (stopped) return;
      clearTimeout(timer);
      if (values.onShow) {
        if (!sumKnown(scene())) timer = setTimeout(sum, PAUSE);
        return state(text === kept ? "saved" : "shown", { time: clock() });
      }
      if (!sending && root.dataset.saved !== "offline") state("changed");
      timer = setTimeout(send, PAUSE);
    },
    // What was kept on this device and never arrived; null when there is nothing.
    left() {
      try {
        const found = JSON.parse(localStorage.getItem(key) ?? "null");
        if (!found || found.scene === kept) return null;
        return { version: found.version, scene: JSON.parse(found.scene), pieces: found.pieces };
      } catch {
        return null;
      }
    },
    beginFrom(older) {
      version = older;
    },
    // Where two windows met nothing is sent from here any more: leaving, this page would lay what was let go over it.
    takeTheirs(said) {
      version = said.version;
      kept = written(said.scene);
      forget();
    },
    async copyMine() {
      const answer = await ask(values.copy, { version, ...scene() }).catch(() => null);
      const said = await answer?.json().catch(() => null);
      if (!answer?.ok || !said?.href) return state("refused", { why: said?.detail ?? "" });
      forget();
      kept = written(scene());
      location.assign(said.href);
      return new Promise(() => {}); // the page goes: nobody presses again
    },
  };
  return keeps;
}
