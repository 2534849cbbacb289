// The door of an evening: tickets are looked up on this device, with or without a network, and told to the shop in
// the background. Without script every step is a page of the shop's; this only makes them faster, and lasting.

import { camera } from "../../../foundation/assets/js/parts/camera.js";
import { deviceName, dropList, fresh, keepList, keptList } from "./door/kept.js";
import { Line } from "./door/line.js";
import { GuestList, secretIn } from "./door/list.js";
import { sound } from "./door/sounds.js";

const ON_BY_ITSELF = 3000; // a welcome goes on to the next guest

const door = document.querySelector("[data-door]");
const { door: event, zone, language } = door?.dataset ?? {};
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
let list;
let line;
let shown; // the guest on the screen, what was told of them, and how many went in
let next;

if (door) begin();

async function begin() {
  const kept = keptList(event);
  if (kept) list = new GuestList(kept, kept.off);
  line = new Line({
    event,
    address: door.dataset.scans,
    token: document.querySelector('meta[name="csrf-token"]').content,
    told: learn,
    changed: tellNetwork,
  });
  forms();
  links();
  eye();
  stayHere();
  await fetchList();
  line.send();
}

// The whole list once; what changes comes with every answer.
async function fetchList() {
  try {
    const answer = await fetch(door.dataset.list, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    list = new GuestList(told, Date.parse(told.now) - Date.now());
    line.token = told.token;
    line.asOf = told.now;
    keep();
  } catch {
    tellNetwork(line);
  }
  tellCount();
}

function keep() {
  keepList(event, list.plain(), list.lapses());
  setTimeout(forget, Math.min(2 ** 31 - 1, Math.max(0, list.lapses() - Date.now())));
}

async function forget() {
  if (!list || list.lapses() > Date.now()) return;
  dropList(event);
  await caches?.delete(`door-${event}`);
  location.reload();
}

function learn(told) {
  for (const answer of told.answers) settle(answer);
  if (list) {
    list.learn(told);
    keep();
  }
  tellCount();
}

// What this device let in, and another had let in before: it says so while the guest still stands there.
function settle(answer) {
  if (shown?.nonce !== answer.nonce || answer.result === "undone") return;
  if (shown.result === "ok" && answer.result === "again") say("again", answer.told, shown);
}

// --- looking somebody up ---

async function look(code) {
  const guest = list && (await list.guestOf(code));
  if (guest) return meet(guest);
  const scan = sighting({ secret: secretIn(code) });
  const other = list && (await list.eveningOf(code));
  if (other) {
    line.tell({ nonce: scan.nonce, scan });
    return say("wrong_event", { ...other, free: list.free }, { nonce: scan.nonce });
  }
  // Not on our list: written down since, of an evening far away, or forged. The shop knows, if there is a network.
  tell(words("looking"));
  const answer = await line.tell({ nonce: scan.nonce, scan });
  tell(words("ready"));
  say(answer?.result ?? "unknown", answer?.told ?? { free: list?.free ?? "" }, { nonce: scan.nonce, people: answer?.people });
}

function meet(guest, { mode, insists = false, people, reason = "" } = {}) {
  const result = list.answer(guest, insists);
  const going = result === "ok" ? (people ?? guest.party - guest.arrived) : insists && result === "again" ? 1 : 0;
  const scan = sighting({ rsvp_id: guest.id, insists, reason, ...(going && { people: going }), ...(mode && line.state === "online" && { mode }) });
  if (result === "ok") list.letIn(guest, going);
  const told = {
    name: guest.name,
    since: guest.since ? clock.format(new Date(guest.since)) : "",
    opens: clock.format(new Date(list.opens_at)),
    free: list.free,
  };
  if (!(insists && result === "again")) say(result, told, { guest, nonce: scan.nonce, result, people: going });
  else go("ready");
  keep();
  tellCount();
  return line.tell({ nonce: scan.nonce, scan });
}

function sighting(more) {
  const mode = line.state === "online" ? "online" : "offline";
  return { nonce: fresh(), at: new Date().toISOString(), mode, ...more };
}

function undo() {
  const { nonce, guest, people } = shown;
  if (guest) list.takeBack(guest, people);
  const scan = sighting({ undoes: nonce });
  line.tell({ nonce: scan.nonce, scan });
  keep();
  tellCount();
}

// --- the screens ---

function say(result, told, about) {
  const key = result === "ok" && about.people > 1 ? "ok2" : result;
  const template = document.querySelector(`template[data-of-screen="${key}"]`);
  if (!template) return go("ready");
  shown = { ...about, result };
  const screen = template.content.cloneNode(true);
  for (const one of screen.querySelectorAll("[data-fill]")) {
    one.textContent = one.textContent.replace(/\{(\w+)\}/g, (_all, name) => told[name] ?? "");
  }
  for (const one of screen.querySelectorAll("[data-when-offline]")) one.hidden = line.state === "online";
  for (const one of screen.querySelectorAll("[data-when-full]")) one.hidden = !list || list.free > 0;
  for (const one of screen.querySelectorAll("[data-do='one']")) one.hidden = false;
  const tone = screen.querySelector("[data-tone]").dataset.tone;
  panelOf("say").replaceChildren(screen);
  go("say", tone);
  sound(tone);
  panelOf("say").querySelector("h2").focus();
  if (tone === "in") next = setTimeout(go, ON_BY_ITSELF, "ready");
}

function go(panel, tone = "ready") {
  clearTimeout(next);
  if (panel !== "say") shown = undefined;
  door.dataset.tone = tone;
  door.dataset.panel = panel;
  for (const one of door.querySelectorAll("[data-of]")) one.hidden = one.dataset.of !== panel;
  if (panel === "find") document.querySelector("#who").focus();
  if (panel === "walk_in") {
    walkForm().querySelector("[data-when-full]").hidden = !list || list.free > 0;
    walkForm().elements.name.focus();
  }
  if (panel === "ready" && tone === "ready") history.replaceState(null, "", location.pathname);
}

function panelOf(name) {
  return door.querySelector(`[data-of="${name}"]`);
}

function walkForm() {
  return panelOf("walk_in").querySelector("form");
}

function tellCount() {
  const count = door.querySelector("[data-fill-in]");
  if (list) count.textContent = fill(count.dataset.fillIn, { in: list.in, capacity: list.capacity });
}

function tellNetwork({ state, since, seen }) {
  const net = door.querySelector(".doorstep__net");
  const kept = seen.length;
  const key = state === "online" && kept ? "waiting" : state;
  const said = fill(net.dataset[key], { kept, since: since ? clock.format(since) : "" });
  if (net.textContent !== said) net.textContent = said;
  door.dataset.net = state === "online" ? "online" : "offline";
  for (const one of panelOf("say").querySelectorAll("[data-when-offline]")) one.hidden = state === "online";
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

function tell(said) {
  door.querySelector("[data-told]").textContent = said;
}

function words(name) {
  return door.querySelector("[data-told]").dataset[name];
}

// --- what is pressed and typed ---

function links() {
  door.addEventListener("click", (click) => {
    const to = click.target.closest("[data-go]");
    if (to) {
      click.preventDefault();
      return go(to.dataset.go);
    }
    if (click.target.closest("[data-do='one']")) {
      const { guest } = shown;
      undo();
      return meet(guest, { people: 1 });
    }
    const row = click.target.closest("[data-check-in]")?.closest("li");
    if (row) meet(list.guests.get(Number(row.dataset.id)), { mode: "manual" });
  });
}

function forms() {
  door.addEventListener("submit", (submit) => {
    const form = submit.target;
    const act = { look: typed, undo: undone, insist: insisted, walk_in: walkedIn }[form.dataset.do];
    if (!act && !form.matches("[data-find]")) return;
    // Without a list of our own the page of the shop does it, as it does without script.
    if (act && !list && form.dataset.do !== "walk_in") return;
    submit.preventDefault();
    submit.stopPropagation();
    act?.(form);
  });
  const name = document.querySelector("#who");
  name.addEventListener("input", () => list && showNamed(name.value));
  if (name.value && list) showNamed(name.value);
}

function typed(form) {
  const { code } = form.elements;
  if (code.value.trim()) look(code.value);
  code.value = "";
}

function undone() {
  undo();
  go("ready");
}

function insisted(form) {
  const reason = form.elements.reason;
  if (reason && list.free < 1 && !reason.value) return reason.focus();
  if (shown.guest) return meet(shown.guest, { insists: true, people: shown.guest.stands === "in" ? 1 : undefined, reason: reason?.value });
  go("ready");
}

function walkedIn(form) {
  const { name, email, agreed, reason } = form.elements;
  const wrong = form.querySelector("[data-wrong]");
  const full = list && list.free < 1;
  const missing = !name.value.trim() ? [name, "name"]
    : email.value.trim() && !agreed.checked ? [agreed, "agreed"]
    : full && !reason.value ? [reason, "reason"] : null;
  wrong.hidden = !missing;
  if (missing) {
    wrong.textContent = wrong.dataset[missing[1]];
    return missing[0].focus();
  }
  const people = Number(new FormData(form).get("people"));
  const walk_in = {
    nonce: fresh(),
    at: new Date().toISOString(),
    name: name.value.trim(),
    people,
    email: email.value.trim() || null,
    agreed: agreed.checked ? agreed.closest("label").innerText.trim() : "",
    reason: reason.value,
    language,
    offline: line.state !== "online",
  };
  const answered = line.tell({ nonce: walk_in.nonce, walk_in });
  answered.then((answer) => {
    if (answer?.result !== "refused") return;
    go("walk_in");
    wrong.textContent = answer.sentence;
    wrong.hidden = false;
  });
  if (list) {
    list.in += people;
    list.free = Math.max(0, list.free - people);
    tellCount();
  }
  say("ok", { name: walk_in.name }, { nonce: walk_in.nonce, people });
  answered.then((answer) => answer?.result !== "refused" && form.reset());
}

function showNamed(said) {
  const home = door.querySelector("[data-guests]");
  const template = door.querySelector("template[data-guest]");
  const found = list.named(said);
  const rows = found.map((guest) => {
    const row = template.content.cloneNode(true);
    const { seat, seats, in: within, waits, gone } = home.dataset;
    const since = guest.since ? clock.format(new Date(guest.since)) : "";
    const stands = { in: fill(within, { since }), waits, gone }[guest.stands];
    row.querySelector("li").dataset.id = guest.id;
    row.querySelector("[data-name]").textContent = guest.name;
    row.querySelector("[data-line]").textContent = [guest.party > 1 ? seats : seat, stands].filter(Boolean).join(", ");
    return row;
  });
  if (!rows.length && said.trim()) {
    const nobody = document.createElement("li");
    nobody.className = "quiet";
    nobody.textContent = home.dataset.none;
    rows.push(nobody);
  }
  home.replaceChildren(...rows);
}

// --- the camera, and staying here without a network ---

function eye() {
  const sight = door.querySelector(".doorstep__sight");
  const begin = door.querySelector("[data-camera]");
  // Only here, and only where the browser has no reader of its own.
  const ponyfill = () => import("qr/decode.js").then(({ BarcodeDetector }) => BarcodeDetector);
  const looking = camera({
    video: sight,
    formats: ["qr_code"],
    ponyfill,
    seen: (code) => door.dataset.panel === "ready" && look(code),
  });
  const open = async () => {
    const state = await looking.start();
    sight.hidden = state !== "on";
    begin.hidden = state === "on";
    tell(words(state === "on" ? "ready" : state));
  };
  begin.addEventListener("click", open);
  begin.hidden = false;
  navigator.permissions?.query({ name: "camera" }).then(({ state }) => state === "granted" && open(), () => {});
}

async function stayHere() {
  if (!navigator.serviceWorker) return;
  const worker = await navigator.serviceWorker.register(door.dataset.worker, { scope: location.pathname }).catch(() => null);
  if (!worker) return;
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map(({ name }) => name);
  worker.active?.postMessage({ keep: parts.filter((name) => new URL(name).pathname.startsWith("/assets/")) });
}

deviceName();
