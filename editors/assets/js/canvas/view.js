// Which part of the canvas is seen, and how large: never past its edges, never more than four times.

import { HEIGHT, WIDTH } from "./scene.js";

const CLOSEST = 4;
const within = (magnified) => Math.min(CLOSEST, Math.max(1, magnified));

export function viewOf(svg, redraw) {
  let view = { x: 0, y: 0, magnified: 1 };
  let wide = 0; // of the canvas on the screen, in pixels; read when it changes and never while something moves
  new ResizeObserver(([seen]) => {
    wide = seen.contentRect.width;
    redraw();
  }).observe(svg);
  const pixels = () => (wide || (wide = svg.clientWidth) || WIDTH) / WIDTH; // of the screen in a canvas unit, not magnified

  function look({ x, y, magnified }) {
    const [wide, tall] = [WIDTH / magnified, HEIGHT / magnified];
    view = { x: Math.min(Math.max(0, x), WIDTH - wide), y: Math.min(Math.max(0, y), HEIGHT - tall), magnified };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${tall}`);
    redraw();
  }

  function zoom({ view: from, factor, middle: around, moved }) {
    const magnified = within(from.magnified * factor);
    const unit = pixels() * magnified;
    const x = around.x - ((around.x - from.x) * from.magnified) / magnified - moved.x / unit;
    const y = around.y - ((around.y - from.y) * from.magnified) / magnified - moved.y / unit;
    look({ x, y, magnified });
  }

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom({ view, factor: Math.exp(-event.deltaY / 300), middle: at, moved: { x: 0, y: 0 } });
  }, { passive: false });

  return {
    get now() {
      return { ...view };
    },
    // How many canvas units one pixel of the screen is.
    pixel: () => 1 / (pixels() * view.magnified),
    zoom,
    // Around a point, or around the middle of what is seen; without a factor all of it is. Gives what it came to.
    zoomBy(factor, around) {
      const magnified = factor ? within(view.magnified * factor) : 1;
      const at = around ?? { x: view.x + WIDTH / view.magnified / 2, y: view.y + HEIGHT / view.magnified / 2 };
      look({ x: at.x - WIDTH / magnified / 2, y: at.y - HEIGHT / magnified / 2, magnified });
      return magnified;
    },
  };
}
