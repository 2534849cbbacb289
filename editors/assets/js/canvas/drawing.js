// The scene as SVG elements, the same that the server writes, and the frame around what is chosen.

import { boxAround, halves } from "./scene.js";

const CLEAR = 36; // pixels from the middle of a thing to its grips, at least
const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function transformOf(thing) {
  const size = thing.scale / 1000;
  return `translate(${thing.x / 10} ${thing.y / 10}) rotate(${thing.rotation / 10}) scale(${thing.flip ? -size : size} ${size})`;
}

// An attribute is written when it says something new: even the same words again would be drawn again.
function write(node, name, value) {
  const says = String(value);
  if (node.getAttribute(name) !== says) node.setAttribute(name, says);
}

// `pieces`, `letters`, `grounds` are the server's; `nameOf` says what a thing is called; `pixel` is how many canvas units
// one of the screen is.
export function drawing(svg, { pieces, letters, grounds }, nameOf, pixel) {
  const ground = svg.querySelector("[data-ground]");
  const layer = svg.querySelector("[data-things]");
  const frame = svg.querySelector("[data-frame]");
  const outline = frame.querySelector(".frame__line");
  const stem = frame.querySelector(".frame__stem");
  const grips = Object.fromEntries([...frame.querySelectorAll("[data-grip]")].map((grip) => [grip.dataset.grip, grip]));
  const guides = { across: svg.querySelector("[data-guide=across]"), down: svg.querySelector("[data-guide=down]") };
  const measured = new Map(); // captions by what decides their width
  let nodes = [];
  const served = [...layer.children]; // what the server drew stands until the same is drawn here

  function made(thing) {
    const group = element("g", { class: "thing", tabindex: "0", role: "button" });
    if (thing.kind === "caption") {
      group.append(element("text", { "font-size": letters.size, y: letters.drop, "text-anchor": "middle" }));
    } else {
      const piece = pieces[thing.product];
      const [x, y, width, height] = piece.frame;
      if (piece.href) {
        group.append(element("image", { href: piece.href, x, y, width, height, preserveAspectRatio: "none" }));
      } else {
        const [wide, tall] = piece.size;
        group.append(element("rect", { class: "thing__missing", x: -wide / 2, y: -tall / 2, width: wide, height: tall }));
      }
    }
    return group;
  }

  const kindOf = (thing) => (thing.kind === "caption" ? "caption" : `piece ${thing.product}`);

  function letter(node, thing) {
    node.textContent = thing.text;
    node.setAttribute("class", `lettering lettering--${thing.face}`);
    node.setAttribute("fill", letters.inks[thing.ink]);
  }

  // The width of a caption is known once it has been drawn in its face.
  function sizes(thing) {
    if (thing.kind !== "caption") return pieces[thing.product].size;
    const key = `${thing.face} ${thing.text}`;
    if (!measured.has(key)) {
      const probe = element("text", { "font-size": letters.size, "text-anchor": "middle" });
      letter(probe, thing);
      svg.append(probe);
      measured.set(key, [Math.max(probe.getComputedTextLength(), 10) + 16, letters.size * 1.15]);
      probe.remove();
    }
    return measured.get(key);
  }

  // Elements are used again for things of the same kind, so that a picture is never loaded anew.
  function draw(scene, chosen) {
    ground.setAttribute("fill", grounds[scene.ground].fill);
    const spare = new Map();
    for (const node of nodes) spare.set(node.kind, [...(spare.get(node.kind) ?? []), node]);
    const next = scene.things.map((thing) => {
      const kind = kindOf(thing);
      return spare.get(kind)?.shift() ?? { kind, group: made(thing) };
    });
    for (const left of [...spare.values()].flat()) left.group.remove();
    const focused = document.activeElement;
    next.forEach(({ group }, at) => {
      if (layer.children[at] !== group) layer.insertBefore(group, layer.children[at] ?? null);
    });
    if (focused && layer.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
    nodes = next;
    for (const node of served.splice(0)) node.remove();
    scene.things.forEach((thing, at) => {
      const { group } = nodes[at];
      if (thing.kind === "caption") letter(group.firstChild, thing);
      place(at, thing);
      write(group, "aria-label", nameOf(scene, at));
      write(group, "aria-pressed", chosen.has(at));
      group.classList.toggle("thing--locked", thing.locked);
    });
    drawFrame(scene, chosen);
  }

  function place(at, thing) {
    write(nodes[at].group, "transform", transformOf(thing));
  }

  // While something is being dragged only its own transform and the frame are touched.
  function move(things, chosen) {
    for (const at of chosen) place(at, things[at]);
    drawFrame({ things }, chosen);
  }

  function drawFrame(scene, chosen) {
    const things = [...chosen].map((at) => scene.things[at]);
    frame.toggleAttribute("hidden", !things.length);
    if (!things.length) return;
    const [one] = things;
    const unit = pixel();
    const [wide, tall, x, y, turn] = things.length === 1
      ? [...halves(one, sizes), one.x / 10, one.y / 10, one.rotation / 10]
      : ((box) => [(box.right - box.left) / 2, (box.bottom - box.top) / 2, (box.left + box.right) / 2, (box.top + box.bottom) / 2, 0])(boxAround(things, sizes));
    write(frame, "transform", `translate(${x} ${y}) rotate(${turn})`);
    for (const [name, value] of [["x", -wide], ["y", -tall], ["width", 2 * wide], ["height", 2 * tall]]) write(outline, name, value);
    frame.classList.toggle("frame--locked", things.every((thing) => thing.locked));
    // On a small thing the grips stand further out: its middle stays free for dragging.
    const [out, off] = [Math.max(wide, CLEAR * unit), Math.max(tall, CLEAR * unit)];
    const spots = { nw: [-out, -off], ne: [out, -off], se: [out, off], sw: [-out, off], turn: [0, -off - 30 * unit] };
    for (const [name, [gx, gy]] of Object.entries(spots)) write(grips[name], "transform", `translate(${gx} ${gy}) scale(${unit})`);
    write(stem, "d", `M0 ${-tall}V${-off - 30 * unit}`);
  }

  // The two lines are always there and come into sight: a new element in the page would be a new style for all of it.
  function drawGuides(lines) {
    const met = { across: lines.find((one) => one.across), down: lines.find((one) => !one.across) };
    for (const [name, line] of Object.entries(met)) {
      write(guides[name], "visibility", line ? "visible" : "hidden");
      if (line) write(guides[name], "transform", line.across ? `translate(0 ${line.at})` : `translate(${line.at} 0)`);
    }
  }

  return {
    draw,
    move,
    drawFrame,
    drawGuides,
    sizes,
    placeOf: (node) => nodes.findIndex(({ group }) => group === node),
    groupAt: (at) => nodes[at]?.group,
  };
}
