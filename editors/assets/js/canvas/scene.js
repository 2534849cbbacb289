// What lies on the canvas: { ground, things }, things from the bottom up, in the whole numbers that are saved.
// Every function gives a new scene and leaves the old one as it was; that is all that undo needs.

export const WIDTH = 720;
export const HEIGHT = 960;

const within = (low, value, high) => Math.min(Math.max(value, low), high);

// -180 to 180 degrees, in tenths.
export function turned(tenths) {
  const whole = ((Math.round(tenths) % 3600) + 3600) % 3600;
  return whole > 1800 ? whole - 3600 : whole;
}

// A thing with other numbers, kept to the bounds the server will check.
export function placed(thing, change, limits) {
  const next = { ...thing, ...change };
  next.x = Math.round(within(0, next.x, limits.x));
  next.y = Math.round(within(0, next.y, limits.y));
  next.scale = Math.round(within(limits.smallest, next.scale, limits.largest));
  next.rotation = turned(next.rotation);
  return next;
}

export function withThings(scene, places, change) {
  const chosen = new Set(places);
  return { ...scene, things: scene.things.map((thing, at) => (chosen.has(at) ? change(thing, at) : thing)) };
}

export function without(scene, places) {
  const gone = new Set(places);
  return { ...scene, things: scene.things.filter((_, at) => !gone.has(at)) };
}

export function withMore(scene, things) {
  return { ...scene, things: [...scene.things, ...things] };
}

// The thing at one place moves to another layer.
export function relayered(scene, from, to) {
  const things = [...scene.things];
  const [thing] = things.splice(from, 1);
  const at = within(0, to, things.length);
  things.splice(at, 0, thing);
  return { scene: { ...scene, things }, at };
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Half width and half height of a thing as it lies, not turned, in canvas units.
export function halves(thing, sizes) {
  const [wide, tall] = sizes(thing);
  const scale = thing.scale / 1000;
  return [(wide * scale) / 2, (tall * scale) / 2];
}

// The upright box around a turned thing: left, top, right, bottom in canvas units.
export function boxOf(thing, sizes) {
  const [wide, tall] = halves(thing, sizes);
  const angle = (thing.rotation / 1800) * Math.PI;
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  const across = wide * cos + tall * sin;
  const down = tall * cos + wide * sin;
  const [x, y] = [thing.x / 10, thing.y / 10];
  return { left: x - across, top: y - down, right: x + across, bottom: y + down };
}

export function boxAround(things, sizes) {
  const boxes = things.map((thing) => boxOf(thing, sizes));
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

// Whether a point in canvas units lies within the turned box of a thing, with some room around.
export function covers(thing, point, sizes, room = 0) {
  const [wide, tall] = halves(thing, sizes);
  const angle = (-thing.rotation / 1800) * Math.PI;
  const [dx, dy] = [point.x - thing.x / 10, point.y - thing.y / 10];
  const across = dx * Math.cos(angle) - dy * Math.sin(angle);
  const down = dx * Math.sin(angle) + dy * Math.cos(angle);
  return Math.abs(across) <= wide + room && Math.abs(down) <= tall + room;
}

// Things moved, scaled by a factor and turned by tenths of a degree as one, around a point in canvas units.
export function transformed(thing, { dx = 0, dy = 0, factor = 1, turn = 0, around }, limits) {
  const angle = (turn / 1800) * Math.PI;
  const [x, y] = [thing.x / 10 - around.x, thing.y / 10 - around.y];
  return placed(
    thing,
    {
      x: (around.x + dx + factor * (x * Math.cos(angle) - y * Math.sin(angle))) * 10,
      y: (around.y + dy + factor * (x * Math.sin(angle) + y * Math.cos(angle))) * 10,
      scale: thing.scale * factor,
      rotation: thing.rotation + turn,
    },
    limits,
  );
}
