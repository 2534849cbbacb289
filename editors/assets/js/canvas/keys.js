// The keyboard on the canvas: what has the focus is chosen, and every act has its key (acts.js).

import { keyed } from "./acts.js";

export function keys(svg, { table, does, placeOf }) {
  svg.addEventListener("keydown", (event) => {
    const at = placeOf(event.target);
    if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      const { chosen } = table;
      return table.choose(at, { toggle: event.shiftKey || event.key === " " && chosen.size > 0 && !chosen.has(at) && event.ctrlKey });
    }
    const name = keyed(event);
    if (!name) return;
    event.preventDefault();
    does[name](event.shiftKey);
  });
  svg.addEventListener("focusin", (event) => {
    const at = placeOf(event.target);
    if (at >= 0 && event.target.matches(":focus-visible") && !table.chosen.has(at)) table.choose(at);
  });
}
