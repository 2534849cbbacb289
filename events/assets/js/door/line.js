// The line to the shop: what was seen goes out in batches, again and again until it was answered. Nothing that
// was seen is lost by a network that comes and goes.

import { deviceName, keepQueue, keptQueue } from "./kept.js";

const PATIENCE = 3000; // after so long without an answer we go on alone
const AGAIN = 5000;
const KEPT = 14 * 24 * 3600_000; // as long as the shop takes what was seen
const AT_ONCE = 200;

export class Line {
  // `told` gets every answer of the shop; `changed` hears when the state of the line is another.
  constructor({ event, address, token, told, changed }) {
    Object.assign(this, { event, address, token, told, changed });
    this.seen = keptQueue(event);
    this.state = navigator.onLine ? "online" : "offline";
    this.since = this.state === "offline" ? Date.now() : null;
    this.asOf = null;
    this.waiting = new Map();
    window.addEventListener("online", () => this.send());
    setInterval(() => document.visibilityState === "visible" && this.send(), AGAIN);
  }

  // The answer to what was seen, or nothing when there was none in time. It is kept until there is one.
  tell(what) {
    this.seen.push(what);
    this.keep();
    const answer = new Promise((resolve) => {
      this.waiting.set(what.nonce, resolve);
      setTimeout(resolve, PATIENCE);
    });
    this.send();
    return this.state === "online" ? answer : Promise.resolve();
  }

  keep() {
    keepQueue(this.event, this.seen, Date.now() + KEPT);
    this.changed(this);
  }

  move(state) {
    if (state !== "online" && this.state === "online") this.since = Date.now();
    this.state = state;
    this.changed(this);
  }

  async send() {
    if (this.busy) {
      this.more = true;
      return;
    }
    this.busy = true;
    this.more = false;
    const batch = this.seen.slice(0, AT_ONCE);
    try {
      const told = await this.post(batch);
      const answered = new Set(told.answers.map(({ nonce }) => nonce));
      this.seen = this.seen.filter(({ nonce }) => !answered.has(nonce));
      this.token = told.token;
      this.asOf = told.now;
      this.move("online");
      this.keep();
      this.told(told);
      for (const answer of told.answers) {
        this.waiting.get(answer.nonce)?.(answer);
        this.waiting.delete(answer.nonce);
      }
      this.more ||= this.seen.length > 0 && answered.size > 0;
    } catch (why) {
      // Whatever was on its way is told later, as seen without a network.
      for (const one of batch) if (one.scan) one.scan.mode = "offline";
      for (const one of batch) if (one.walk_in) one.walk_in.offline = true;
      this.letGo(batch);
      this.move(why.state ?? "offline");
      this.keep();
    }
    this.busy = false;
    if (this.more) this.send();
  }

  // Whoever waits for an answer goes on without one.
  letGo(batch) {
    for (const { nonce } of batch) {
      this.waiting.get(nonce)?.();
      this.waiting.delete(nonce);
    }
  }

  async post(batch) {
    const answer = await fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
      body: JSON.stringify({
        device: deviceName(),
        sent_at: new Date().toISOString(),
        since: this.asOf,
        scans: batch.flatMap(({ scan }) => scan ?? []),
        walk_ins: batch.flatMap(({ walk_in }) => walk_in ?? []),
      }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.ok) return answer.json();
    const state = [400, 401, 403].includes(answer.status) ? "signedOut" : answer.status < 500 ? "refused" : "offline";
    throw Object.assign(new Error(answer.status), { state });
  }
}
