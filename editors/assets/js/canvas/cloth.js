// Where a piece is cloth and where its picture is only air: what is pressed is what is seen.

const SIZE = 48; // fields across of the small grid
const SOLID = 40; // of 255

export function clothOf(pieces) {
  const masks = new Map(); // by address; null until it is read, and for a picture that cannot be

  // Decoded away from the page's own thread: forty pictures must not keep the first press waiting.
  async function read(href) {
    masks.set(href, null);
    const answer = await fetch(href, { priority: "low" });
    if (!answer.ok) return;
    const picture = await createImageBitmap(await answer.blob(), { resizeWidth: SIZE, resizeHeight: SIZE });
    const sheet = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
    const pen = sheet.getContext("2d", { willReadFrequently: true });
    pen.drawImage(picture, 0, 0);
    picture.close();
    masks.set(href, pen.getImageData(0, 0, SIZE, SIZE).data);
  }

  // A picture of another host cannot be read, nor one without a network: it counts as a box.
  const learn = async ({ href }) => {
    if (href && !masks.has(href)) await read(href).catch(() => {});
  };

  return {
    // One after another, once the page stands still.
    learnAll() {
      const rest = () => (window.requestIdleCallback ?? setTimeout)(next);
      const waiting = Object.values(pieces);
      const next = () => waiting.length && learn(waiting.pop()).then(rest);
      if (document.readyState === "complete") rest();
      else addEventListener("load", rest, { once: true });
    },
    // Whether there is cloth of a thing under a point of the canvas; captions are solid.
    under(thing, point) {
      const piece = pieces[thing.product];
      if (!piece?.href) return true;
      learn(piece);
      const data = masks.get(piece.href);
      if (!data) return true;
      const angle = (-thing.rotation / 1800) * Math.PI;
      const scale = thing.scale / 1000;
      const [dx, dy] = [point.x - thing.x / 10, point.y - thing.y / 10];
      const across = ((dx * Math.cos(angle) - dy * Math.sin(angle)) / scale) * (thing.flip ? -1 : 1);
      const down = (dx * Math.sin(angle) + dy * Math.cos(angle)) / scale;
      const [x, y, wide, tall] = piece.frame;
      const column = Math.floor(((across - x) / wide) * SIZE);
      const row = Math.floor(((down - y) / tall) * SIZE);
      return (data[(row * SIZE + column) * 4 + 3] ?? 0) > SOLID;
    },
  };
}
