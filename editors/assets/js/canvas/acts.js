// Every act on the canvas: its key, and the button with the same name. Both do the same.

import { boxAround, boxOf, placed, relayered, transformed, withMore, withThings, without } from "./scene.js";

const STEP = 80; // tenths of a unit; with Shift 10
const TURN = 50; // tenths of a degree; with Shift 10
const SIZE = 1.05; // with Shift 1.01

// What keys mean while something on the canvas has the focus.
const KEYS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  "[": "turnLeft",
  "]": "turnRight",
  ",": "turnLeft",
  ".": "turnRight",
  f: "flip",
  d: "double",
  l: "lock",
  PageUp: "forward",
  PageDown: "back",
  Delete: "remove",
  Backspace: "remove",
  Escape: "none",
  0: "fit",
};
const WITH_CONTROL = { z: "undo", y: "redo", a: "all", d: "double", "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", 0: "fit" };

export function keyed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return key === "z" && event.shiftKey ? "redo" : WITH_CONTROL[key];
  return event.altKey ? undefined : KEYS[key] ?? KEYS[event.key];
}

export function acts(table) {
  const { limits, say } = table;
  const movable = () => {
    const places = [...table.chosen].filter((at) => !table.things[at].locked);
    if (!table.chosen.size) table.tell(say("none"));
    else if (!places.length) table.sayLocked();
    return places;
  };

  // One thing is changed by itself, several as one around their common middle.
  function change(values, name) {
    const places = movable();
    if (!places.length) return;
    const around = table.middle(places);
    const change = (thing) => transformed(thing, { ...values, around }, limits);
    table.put(withThings(table.scene, places, change).things, name, `${name} ${values.turn ?? ""}`);
  }

  const move = (x, y) => (fine) => {
    const step = fine ? 1 : STEP / 10;
    change({ dx: x * step, dy: y * step }, "at");
  };

  function layer(step) {
    const [at] = table.chosen;
    if (at === undefined) return table.tell(say("none"));
    const moved = relayered(table.scene, at, at + step);
    table.put(moved.scene.things, "layered", "", [moved.at]);
  }

  function align(edge) {
    const places = movable();
    if (!places.length) return;
    const several = places.length > 1;
    const whole = several
      ? boxAround(places.map((at) => table.things[at]), table.sizes)
      : { left: 34, top: 34, right: 686, bottom: 926 };
    const line = (thing) => {
      const box = boxOf(thing, table.sizes);
      const by = {
        left: [whole.left - box.left, 0],
        centre: [(whole.left + whole.right - box.left - box.right) / 2, 0],
        right: [whole.right - box.right, 0],
        top: [0, whole.top - box.top],
        middle: [0, (whole.top + whole.bottom - box.top - box.bottom) / 2],
        bottom: [0, whole.bottom - box.bottom],
      }[edge];
      return placed(thing, { x: thing.x + by[0] * 10, y: thing.y + by[1] * 10 }, limits);
    };
    table.put(withThings(table.scene, places, line).things, "aligned");
  }

  return {
    left: move(-1, 0),
    right: move(1, 0),
    up: move(0, -1),
    down: move(0, 1),
    larger: (fine) => change({ factor: fine ? 1.01 : SIZE }, "sized"),
    smaller: (fine) => change({ factor: 1 / (fine ? 1.01 : SIZE) }, "sized"),
    turnLeft: (fine) => change({ turn: fine ? -10 : -TURN }, "turned"),
    turnRight: (fine) => change({ turn: fine ? 10 : TURN }, "turned"),
    flip() {
      const places = movable();
      if (!places.length) return;
      const flipped = (thing) => ({ ...thing, flip: !thing.flip });
      const next = withThings(table.scene, places, flipped).things;
      table.put(next, next[places[0]].flip ? "flipped" : "unflipped");
    },
    forward: () => layer(1),
    back: () => layer(-1),
    front: () => layer(limits.pieces + limits.captions),
    bottom: () => layer(-limits.pieces - limits.captions),
    double() {
      const places = [...table.chosen];
      if (!places.length) return table.tell(say("none"));
      const copies = places.map((at) => {
        const thing = table.things[at];
        return placed({ ...thing, locked: false }, { x: thing.x + 240, y: thing.y + 240 }, limits);
      });
      const why = table.roomFor(copies);
      if (why) return table.tell(why);
      const first = table.things.length;
      const name = copies.every((thing) => thing.kind === "caption") ? "captionDoubled" : "doubled";
      table.put(withMore(table.scene, copies).things, name, "", copies.map((_, at) => first + at));
    },
    lock() {
      const places = [...table.chosen];
      if (!places.length) return table.tell(say("none"));
      const locked = !places.every((at) => table.things[at].locked);
      table.put(withThings(table.scene, places, (thing) => ({ ...thing, locked })).things, locked ? "locked" : "unlocked");
    },
    remove() {
      const places = movable();
      if (!places.length) return;
      const name = table.called(places);
      const rest = without(table.scene, places).things;
      table.put(rest, "removed", "", rest.length ? [Math.min(places[0], rest.length - 1)] : [], name);
    },
    none: () => table.choose(null),
    all: () => table.chooseAll(),
    undo: () => table.undo(),
    redo: () => table.redo(),
    fit: () => table.zoomBy(0),
    zoomIn: () => table.zoomBy(1.25),
    zoomOut: () => table.zoomBy(0.8),
    alignLeft: () => align("left"),
    alignCentre: () => align("centre"),
    alignRight: () => align("right"),
    alignTop: () => align("top"),
    alignMiddle: () => align("middle"),
    alignBottom: () => align("bottom"),
  };
}
