// Lining up: with the middle and the edges of the canvas, and with the middles and edges of what lies there.

import { HEIGHT, WIDTH, boxAround, boxOf } from "./scene.js";

const NEAR = 6; // canvas units
const MARGIN = 34;

// What the things at `places` line up with, found once a drag. Gives a function: the wish to move by dx, dy, drawn to the
// nearest line in each direction; `lines` are those that were met.
export function linesFor(table, places) {
  const moving = new Set(places);
  const box = boxAround(places.map((at) => table.things[at]), table.sizes);
  const others = table.things.filter((_, at) => !moving.has(at)).map((thing) => boxOf(thing, table.sizes));
  const near = NEAR / Math.max(1, table.magnified);
  const upright = [MARGIN, WIDTH / 2, WIDTH - MARGIN, ...others.flatMap((one) => [one.left, (one.left + one.right) / 2, one.right])];
  const level = [MARGIN, HEIGHT / 2, HEIGHT - MARGIN, ...others.flatMap((one) => [one.top, (one.top + one.bottom) / 2, one.bottom])];
  return ({ dx, dy }) => {
    const across = nearest([box.left + dx, (box.left + box.right) / 2 + dx, box.right + dx], upright, near);
    const down = nearest([box.top + dy, (box.top + box.bottom) / 2 + dy, box.bottom + dy], level, near);
    const lines = [];
    if (across) lines.push({ across: false, at: across.at });
    if (down) lines.push({ across: true, at: down.at });
    return { dx: dx + (across?.by ?? 0), dy: dy + (down?.by ?? 0), lines };
  };
}

function nearest(mine, lines, near) {
  let found = null;
  for (const own of mine) {
    for (const at of lines) {
      const by = at - own;
      if (Math.abs(by) <= near && (!found || Math.abs(by) < Math.abs(found.by))) found = { by, at };
    }
  }
  return found;
}
