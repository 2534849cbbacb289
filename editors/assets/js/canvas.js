// The canvas of a look. What lies there is data (`canvas/scene.js`); this puts the parts together.

import { acts } from "./canvas/acts.js";
import { clothOf } from "./canvas/cloth.js";
import { drawing } from "./canvas/drawing.js";
import { gestures } from "./canvas/gestures.js";
import { history } from "./canvas/history.js";
import { keeper } from "./canvas/keeper.js";
import { keys } from "./canvas/keys.js";
import { list } from "./canvas/list.js";
import { HEIGHT, WIDTH, boxAround, covers, placed, withMore } from "./canvas/scene.js";
import { sheets } from "./canvas/sheets.js";
import { viewOf } from "./canvas/view.js";

const page = document.querySelector("[data-canvas]");
if (page) begin(page, JSON.parse(document.getElementById("canvas-data").textContent));

function begin(root, values) {
  const svg = root.querySelector("svg.canvas");
  const voice = root.querySelector("[data-say]");
  const stateOf = root.querySelector("[data-state]");
  const { pieces, limits, words } = values;
  const said = (name, more = {}) => words[name].replace(/%\((\w+)\)s/g, (_, key) => more[key] ?? "");
  const percent = (share) => `${Math.round(share * 100)} %`;

  const past = history(values.scene);
  let chosen = new Set();
  let spoken = 0;

  const nameOf = (scene, at) => {
    const thing = scene.things[at];
    if (thing.kind === "caption") return said("caption", { text: thing.text });
    const earlier = scene.things.slice(0, at).some((one) => one.product === thing.product);
    const { name } = pieces[thing.product];
    return earlier ? said("again", { name }) : name;
  };
  const view = viewOf(svg, () => paint.drawFrame(past.now, chosen));
  const paint = drawing(svg, values, nameOf, view.pixel);
  const cloth = clothOf(pieces);
  const rows = list(root, { pieces, say: said });
  rows.sum(values.scene, values.sum, values.scene);

  // A polite voice: the last of several quick changes is what counts.
  function tell(sentence) {
    clearTimeout(spoken);
    spoken = setTimeout(() => {
      voice.textContent = voice.textContent === sentence ? `${sentence}\u00a0` : sentence;
    }, 120);
  }

  const called = (places) =>
    places.length === 1 ? nameOf(past.now, places[0]) : said("several", { count: places.length });

  const middle = (places) => {
    const things = places.map((at) => past.now.things[at]);
    if (things.length === 1) return { x: things[0].x / 10, y: things[0].y / 10 };
    const box = boxAround(things, paint.sizes);
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  };

  const facts = (places) => {
    const thing = past.now.things[places[0]];
    const at = middle(places);
    return {
      name: called(places),
      x: percent(at.x / WIDTH),
      y: percent(at.y / HEIGHT),
      degrees: `${Math.round(thing.rotation / 10)}°`,
      percent: percent(thing.scale / 1000),
      layer: places[0] + 1,
      count: past.now.things.length,
    };
  };

  function show() {
    const { things } = past.now;
    chosen = new Set([...chosen].filter((at) => at < things.length));
    const here = svg.contains(document.activeElement);
    paint.draw(past.now, chosen);
    // Whoever works by keys stays on the canvas when the thing under the focus has gone.
    if (here && !svg.contains(document.activeElement)) (paint.groupAt([...chosen][0]) ?? svg).focus({ preventScroll: true });
    rows.show(past.now, chosen);
    const one = chosen.size > 0;
    for (const button of root.querySelectorAll("[data-act][data-needs]")) button.disabled = !one;
    root.querySelector('[data-act="undo"]').disabled = !past.canUndo;
    root.querySelector('[data-act="redo"]').disabled = !past.canRedo;
    root.querySelector('[data-act="lock"]')?.setAttribute("aria-pressed", String(one && [...chosen].every((at) => things[at].locked)));
    const ground = root.querySelector(`input[name="ground"][value="${past.now.ground}"]`);
    if (ground) ground.checked = true;
    panels.show(past.now, chosen);
  }

  function commit(scene, name = "") {
    past.put(scene, name);
    show();
    keep.changed();
  }

  const table = {
    limits,
    say: said,
    tell,
    called,
    middle,
    pieces,
    sizes: paint.sizes,
    get scene() {
      return past.now;
    },
    get things() {
      return past.now.things;
    },
    get chosen() {
      return chosen;
    },
    get magnified() {
      return view.now.magnified;
    },
    get zoomed() {
      return view.now.magnified > 1;
    },
    sayLocked: () => tell(said("isLocked", { name: called([...chosen]) })),
    show: (things) => paint.move(things, chosen),
    guides: (lines) => paint.drawGuides(lines),
    // `goes`: what belongs together in undo; `then`: what is chosen afterwards.
    put(things, name, goes = "", then = null, calledBefore = null) {
      const places = [...chosen];
      if (then) chosen = new Set(then);
      commit({ ...past.now, things }, goes && `${goes} ${places}`);
      const told = [...chosen];
      if (calledBefore) tell(said(name, { name: calledBefore }));
      else if (told.length) tell(said(name, facts(told)));
      if (then && then.length && svg.contains(document.activeElement)) paint.groupAt(then[0])?.focus({ preventScroll: true });
    },
    putScene(scene, sentence) {
      chosen = new Set();
      commit(scene);
      tell(sentence);
    },
    choose(at, { toggle = false } = {}) {
      if (at === null) chosen = new Set();
      else if (toggle && chosen.has(at)) chosen.delete(at);
      else chosen = toggle ? new Set([...chosen, at]) : new Set([at]);
      show();
      if (!chosen.size) return tell(said("none"));
      if (chosen.size > 1) return tell(said("chosenMore", { count: chosen.size }));
      table.focus([...chosen][0]);
      tell(said("chosen", facts([...chosen])));
    },
    focus: (at) => paint.groupAt(at)?.focus({ preventScroll: true }),
    chooseAll() {
      chosen = new Set(past.now.things.keys());
      show();
      tell(said("chosenMore", { count: chosen.size }));
    },
    chooseWithin(from, to, keepThose) {
      const [left, right] = [Math.min(from.x, to.x) * 10, Math.max(from.x, to.x) * 10];
      const [top, bottom] = [Math.min(from.y, to.y) * 10, Math.max(from.y, to.y) * 10];
      const inside = (thing) => thing.x >= left && thing.x <= right && thing.y >= top && thing.y <= bottom;
      const found = [...past.now.things.keys()].filter((at) => inside(past.now.things[at]));
      chosen = new Set([...(keepThose ? chosen : []), ...found]);
      show();
      tell(chosen.size ? said("chosenMore", { count: chosen.size }) : said("none"));
    },
    // The topmost thing under a point: what is chosen already comes first, so that it can be dragged from below.
    at(point, target) {
      const things = past.now.things;
      const own = target.closest?.(".thing");
      const room = 12 / view.now.magnified;
      const under = [...things.keys()].filter((at) => covers(things[at], point, paint.sizes));
      const held = under.find((at) => chosen.has(at));
      if (held !== undefined && chosen.size === 1) return held;
      if (under.length) return hitOf(under, point);
      const close = [...things.keys()].filter((at) => covers(things[at], point, paint.sizes, room));
      return own || close.length ? close.at(-1) ?? null : null;
    },
    roomFor(more) {
      const all = [...past.now.things, ...more];
      const isCaption = (thing) => thing.kind === "caption";
      if (all.filter((thing) => !isCaption(thing)).length > limits.pieces) return said("full", { count: limits.pieces });
      if (all.filter(isCaption).length > limits.captions) return said("fullOfWords", { count: limits.captions });
      const most = more.some((one) => one.product && all.filter((thing) => thing.product === one.product).length > limits.ofOne);
      return most ? said("mostOfOne") : "";
    },
    add(piece) {
      pieces[piece.id] ??= piece;
      const things = past.now.things;
      const scales = things.filter((thing) => thing.kind === "piece").map((thing) => thing.scale).sort((a, b) => a - b);
      const usual = scales[Math.floor(scales.length / 2)] ?? 800;
      const fits = (HEIGHT * 0.55) / piece.size[1];
      const scale = Math.round(Math.min(usual / 1000, fits) * 1000);
      const away = (things.length % 5) * 180;
      table.insert({ kind: "piece", product: piece.id, x: 3600 + away - 360, y: 4300 + away, scale, rotation: 0, flip: false, locked: false });
    },
    // Another piece lies wherever one lay, as large as that one looked.
    swap(old, piece) {
      pieces[piece.id] ??= piece;
      const factor = Math.sqrt((pieces[old].size[0] * pieces[old].size[1]) / (piece.size[0] * piece.size[1]));
      const stand = (thing) =>
        thing.product === old ? placed({ ...thing, product: piece.id }, { scale: thing.scale * factor }, limits) : thing;
      const stands = past.now.things.map(stand);
      if (stands.filter((thing) => thing.product === piece.id).length > limits.ofOne) return tell(said("mostOfOne"));
      const sentence = said("swapped", { name: piece.name, old: pieces[old].name });
      table.putScene({ ...past.now, things: stands }, sentence);
    },
    insert(thing) {
      const why = table.roomFor([thing]);
      if (why) return tell(why);
      chosen = new Set([past.now.things.length]);
      commit(withMore(past.now, [thing]));
      tell(said("added", facts([...chosen])));
    },
    ground(ground) {
      commit({ ...past.now, ground });
    },
    // The one caption that is chosen says something else, or in another hand.
    rewrite(change) {
      const [at] = chosen;
      const things = past.now.things.map((thing, place) => (place === at ? { ...thing, ...change } : thing));
      commit({ ...past.now, things }, `words ${at}`);
    },
    undo() {
      if (!past.undo()) return tell(said("nothingBack"));
      show();
      keep.changed();
      tell(said("undone"));
    },
    redo() {
      if (!past.redo()) return tell(said("nothingOn"));
      show();
      keep.changed();
      tell(said("redone"));
    },
    band(from, to) {
      const band = svg.querySelector("[data-band]");
      band.toggleAttribute("hidden", !from);
      if (!from) return;
      const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
      for (const [name, value] of Object.entries(box)) band.setAttribute(name, value);
    },
    view: () => view.now,
    zoom: (change) => view.zoom(change),
    zoomBy(factor) {
      const share = view.zoomBy(factor, chosen.size ? middle([...chosen]) : null);
      tell(said("zoomed", { percent: percent(share) }));
    },
  };

  // The topmost of several whose cloth is under the point; a box reaches further than what is in it.
  function hitOf(under, point) {
    const solid = under.filter((at) => cloth.under(past.now.things[at], point));
    return (solid.length ? solid : under).at(-1);
  }

  const does = acts(table);
  const keep = keeper({
    root,
    values,
    say: said,
    told: (sentence, name) => {
      stateOf.textContent = sentence;
      root.dataset.saved = name;
      for (const button of root.querySelectorAll("[data-put-on-show]")) button.hidden = name !== "shown";
    },
    conflict: (stored) => panels.conflict(stored),
    summed: (scene, text) => rows.sum(scene, text, past.now),
    sumKnown: (scene) => rows.knows(scene),
    scene: () => past.now,
  });
  const panels = sheets(root, { table, keep, values, say: said });

  gestures(svg, table);
  root.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (act) return does[act.dataset.act](event.shiftKey);
    const row = event.target.closest("[data-at]");
    if (row) return table.choose(Number(row.dataset.at), { toggle: event.shiftKey || event.ctrlKey || event.metaKey });
    if (event.target.closest("[data-put-on-show]")) keep.send();
  });
  keys(svg, { table, does, placeOf: paint.placeOf });
  document.fonts?.ready.then(show);
  show();
  const left = keep.left();
  if (left) {
    keep.beginFrom(left.version);
    for (const [id, piece] of Object.entries(left.pieces)) pieces[id] ??= piece;
    past.put(left.scene);
    show();
    if (!values.onShow) keep.send();
    else keep.changed();
    tell(said("backAgain"));
  }
  root.dataset.ready = "";
  cloth.learnAll();
}
