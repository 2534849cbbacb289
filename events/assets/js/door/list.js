// The list of an evening, as this device knows it: who a ticket is for, and what is said to them.

// Words for SHA-256 of a ticket's secret, as the server writes them.
export async function hashOf(secret) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What stands in a code: the address of a ticket, or its secret alone.
export function secretIn(code) {
  return code.trim().replace(/\/+$/, "").split(/[?#]/)[0].split("/").pop().slice(0, 64);
}

export class GuestList {
  // `off`: how far the clock of this device is from the shop's, milliseconds.
  constructor(list, off = 0) {
    Object.assign(this, list, { off });
    this.guests = new Map();
    this.byHash = new Map();
    for (const guest of list.guests) this.put(guest);
  }

  put(guest) {
    this.guests.set(guest.id, guest);
    this.byHash.set(guest.hash, guest);
  }

  moment() {
    return Date.now() + this.off;
  }

  async guestOf(code) {
    return this.byHash.get(await hashOf(secretIn(code)));
  }

  // The evening nearby that a ticket is for, if it is not for ours; of those the list has the beginning of each hash.
  async eveningOf(code) {
    const hash = await hashOf(secretIn(code));
    return this.elsewhere?.find(({ hashes }) => hashes.some((begins) => hash.startsWith(begins)));
  }

  // The same rule as the server's own (`events/door/policy.py`).
  answer(guest, insists) {
    if (guest.stands === "in") return guest.arrived < guest.party ? "ok" : "again";
    if (this.moment() < Date.parse(this.opens_at)) return "too_early";
    if (guest.stands === "seat" || insists) return "ok";
    return guest.stands === "gone" ? "cancelled" : "no_seat";
  }

  letIn(guest, people) {
    if (guest.stands !== "in") {
      guest.before = guest.stands;
      if (guest.stands !== "seat") this.free = Math.max(0, this.free - guest.party);
      guest.stands = "in";
      guest.since = new Date(this.moment()).toISOString();
    }
    guest.arrived += people;
    this.in += people;
  }

  takeBack(guest, people) {
    guest.arrived = Math.max(0, guest.arrived - people);
    this.in = Math.max(0, this.in - people);
    if (guest.arrived === 0) {
      guest.stands = guest.before ?? "seat";
      guest.since = null;
    }
  }

  named(words) {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    const fits = ({ name }) => wanted.every((word) => name.toLocaleLowerCase().includes(word));
    return [...this.guests.values()].filter(fits).slice(0, 30);
  }

  // What changed meanwhile, as the server tells it.
  learn(told) {
    this.off = Date.parse(told.now) - Date.now();
    for (const guest of told.changes ?? []) this.put(guest);
    Object.assign(this, { in: told.in, capacity: told.capacity, free: told.free, as_of: told.now });
  }

  plain() {
    const { guests, byHash, ...rest } = this;
    return { ...rest, guests: [...guests.values()] };
  }

  lapses() {
    return Date.parse(this.wipe_at) - this.off;
  }
}

