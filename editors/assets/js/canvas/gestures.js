// Fingers, pen and mouse. One pointer drags, or pulls a grip; two fingers scale and turn what is chosen, or zoom.
// While a pointer moves the page is asked nothing: where the canvas lies on the screen is read when the pointer comes
// down, and one transform a frame is all that is written.

import { transformed } from "./scene.js";
import { linesFor } from "./snap.js";

const STILL = 4; // pixels: less is a tap

// `table` is the canvas as the gestures see it: scene, chosen, sizes, limits, and what to do.
export function gestures(svg, table) {
  const fingers = new Map();
  let act = null; // what the pointers are doing
  let frame = 0; // the animation frame that is asked for
  let latest = null; // where the pointer went since the last frame
  let lies = null; // from the screen to the canvas, as it was when the pointer came down

  const pointOf = ({ clientX, clientY }) => ({
    x: lies.a * clientX + lies.c * clientY + lies.e,
    y: lies.b * clientX + lies.d * clientY + lies.f,
  });

  svg.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    svg.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    lies = svg.getScreenCTM().inverse();
    if (fingers.size === 2) return beginPinch();
    if (fingers.size > 2) return;
    begin(event);
    event.preventDefault();
  });

  svg.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    latest = event;
    if (!act || frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      act?.move(latest);
    });
  });

  for (const name of ["pointerup", "pointercancel"]) {
    svg.addEventListener(name, (event) => {
      if (!fingers.delete(event.pointerId)) return;
      if (frame) {
        cancelAnimationFrame(frame);
        frame = 0;
        if (name === "pointerup") act?.move(event);
      }
      const done = act;
      act = null;
      done?.end(event);
      fingers.clear();
    });
  }

  function begin(event) {
    const start = pointOf(event);
    const screen = { x: event.clientX, y: event.clientY };
    const grip = event.target.closest?.("[data-grip]")?.dataset.grip;
    if (grip && table.chosen.size) return beginGrip(grip, start);
    const at = table.at(start, event.target);
    if (at === null) {
      act = table.zoomed && event.pointerType === "touch" ? pan(screen) : band(start, screen, event.shiftKey);
      return;
    }
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    if (more) {
      table.choose(at, { toggle: true });
      act = null;
      return;
    }
    if (!table.chosen.has(at)) table.choose(at);
    else table.focus(at);
    drag(start, screen);
  }

  // What moves: the chosen things that are not locked.
  const movable = () => [...table.chosen].filter((at) => !table.things[at].locked);

  function change(values, places) {
    const things = [...table.things];
    for (const at of places) things[at] = transformed(table.things[at], values, table.limits);
    act.things = things;
    table.show(things);
  }

  function finish(name) {
    table.guides([]);
    svg.classList.remove("canvas--moving");
    if (act?.things) table.put(act.things, name);
  }

  function drag(start, screen) {
    const places = movable();
    if (!places.length) table.sayLocked();
    const snapped = places.length ? linesFor(table, places) : null;
    act = {
      things: null,
      move(event) {
        if (!places.length || (!act.things && Math.hypot(event.clientX - screen.x, event.clientY - screen.y) < STILL)) return;
        svg.classList.add("canvas--moving");
        const here = pointOf(event);
        const wanted = { dx: here.x - start.x, dy: here.y - start.y, around: { x: 0, y: 0 } };
        const { dx, dy, lines } = event.altKey ? { ...wanted, lines: [] } : snapped(wanted);
        table.guides(lines);
        change({ dx, dy, around: { x: 0, y: 0 } }, places);
      },
      end() {
        act = this;
        finish("at");
        act = null;
      },
    };
  }

  function beginGrip(grip, start) {
    const places = movable();
    if (!places.length) return table.sayLocked();
    const around = table.middle(places);
    const away = Math.hypot(start.x - around.x, start.y - around.y) || 1;
    const angle = Math.atan2(start.y - around.y, start.x - around.x);
    const turns = grip === "turn";
    act = {
      things: null,
      move(event) {
        svg.classList.add("canvas--moving");
        const here = pointOf(event);
        if (turns) {
          let turn = ((Math.atan2(here.y - around.y, here.x - around.x) - angle) * 1800) / Math.PI;
          if (event.shiftKey) turn = Math.round(turn / 150) * 150;
          else if (places.length === 1 && !event.altKey) turn = upright(table.things[places[0]].rotation, turn);
          change({ turn, around }, places);
        } else {
          change({ factor: Math.hypot(here.x - around.x, here.y - around.y) / away, around }, places);
        }
      },
      end() {
        act = this;
        finish(turns ? "turned" : "sized");
        act = null;
      },
    };
  }

  // Nearly straight becomes straight.
  const upright = (from, turn) => {
    const nearest = Math.round((from + turn) / 900) * 900;
    return Math.abs(from + turn - nearest) < 20 ? nearest - from : turn;
  };

  function beginPinch() {
    act?.things && table.show(table.things);
    const [one, other] = [...fingers.values()];
    const apart = Math.hypot(one.x - other.x, one.y - other.y) || 1;
    const angle = Math.atan2(other.y - one.y, other.x - one.x);
    const middle = pointOf({ clientX: (one.x + other.x) / 2, clientY: (one.y + other.y) / 2 });
    const places = movable();
    const around = places.length ? table.middle(places) : null;
    const view = table.view();
    const from = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
    act = {
      things: null,
      move() {
        const [a, b] = [...fingers.values()];
        if (!b) return;
        const factor = Math.hypot(a.x - b.x, a.y - b.y) / apart;
        const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
        if (!places.length) return table.zoom({ view, factor, middle, moved: { x: at.x - from.x, y: at.y - from.y } });
        svg.classList.add("canvas--moving");
        const turn = ((Math.atan2(b.y - a.y, b.x - a.x) - angle) * 1800) / Math.PI;
        change({ factor, turn, around, dx: (at.x - from.x) * lies.a, dy: (at.y - from.y) * lies.a }, places);
      },
      end() {
        act = this;
        finish("sized");
        act = null;
      },
    };
  }

  function pan(screen) {
    const view = table.view();
    return {
      move: (event) => table.zoom({ view, factor: 1, middle: { x: 0, y: 0 }, moved: { x: event.clientX - screen.x, y: event.clientY - screen.y } }),
      end: (event) => {
        if (Math.hypot(event.clientX - screen.x, event.clientY - screen.y) < STILL) table.choose(null);
      },
    };
  }

  // A band around several things; a tap on the ground chooses nothing.
  function band(start, screen, keep) {
    let drawn = false;
    return {
      move(event) {
        if (!drawn && Math.hypot(event.clientX - screen.x, event.clientY - screen.y) < STILL) return;
        drawn = true;
        table.band(start, pointOf(event));
      },
      end(event) {
        table.band(null);
        if (drawn) table.chooseWithin(start, pointOf(event), keep);
        else if (!keep) table.choose(null);
      },
    };
  }
}
