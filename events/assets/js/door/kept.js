// What this device keeps of an evening: the list, what it saw and has not told yet, and what it is called.
//
// In the browser's own storage, under names that `foundation/assets/js/parts/forget.js` knows to wipe in time.

const name = (event, what) => `kept:door:${event}:${what}`;

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keptList(event) {
  return read(name(event, "list"), null);
}

// `until`: when it goes, milliseconds.
export function keepList(event, list, until) {
  localStorage.setItem(name(event, "list"), JSON.stringify({ ...list, until }));
}

export function dropList(event) {
  localStorage.removeItem(name(event, "list"));
}

export function keptQueue(event) {
  return read(name(event, "queue"), { seen: [] }).seen;
}

export function keepQueue(event, seen, until) {
  if (seen.length) localStorage.setItem(name(event, "queue"), JSON.stringify({ seen, until }));
  else localStorage.removeItem(name(event, "queue"));
}

export function deviceName() {
  const key = "door-device";
  const known = localStorage.getItem(key);
  if (known) return known;
  const made = fresh();
  localStorage.setItem(key, made);
  return made;
}

// A name nobody else gives: 128 bits.
export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
