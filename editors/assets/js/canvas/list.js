// The list "In this look": front to back, each row chooses its thing; the sum of what is bought, as the server says it.

export function list(root, { pieces, say }) {
  const rows = root.querySelector("[data-rows]");
  const sum = root.querySelector("[data-sum]");
  const none = root.querySelector("[data-empty]");
  const pattern = document.querySelector("template[data-row]");
  let summed = { of: "", text: "" };

  // The sum changes with what lies there, not with where.
  const bought = (scene) => scene.things.map((thing) => thing.product).filter(Boolean).sort().join();

  function row(thing, at, on) {
    const made = pattern.content.cloneNode(true).firstElementChild;
    const button = made.querySelector("button");
    const piece = pieces[thing.product];
    button.dataset.at = at;
    button.setAttribute("aria-pressed", String(on));
    made.classList.toggle("layer--on", on);
    made.querySelector("[data-name]").textContent = piece ? piece.name : thing.text;
    const degrees = Math.round(thing.rotation / 10);
    const notes = [
      piece ? piece.colour : say("captionName"),
      degrees ? say("turnedBy", { degrees: `${degrees}°` }) : "",
      thing.locked ? say("lockedMark") : "",
    ];
    made.querySelector("[data-note]").textContent = notes.filter(Boolean).join(", ");
    made.querySelector("[data-price]").textContent = piece?.price ?? "";
    if (piece?.notes?.length) {
      made.querySelector("[data-warn]").hidden = false;
      made.querySelector("[data-notes]").textContent = piece.notes.join(", ");
      const swap = made.querySelector("[data-swap]");
      swap.hidden = !piece.gone;
      swap.dataset.swap = piece.id;
    }
    const picture = made.querySelector("img");
    if (piece?.href) picture.src = piece.href;
    else picture.remove();
    return made;
  }

  function write(scene) {
    sum.textContent = bought(scene) === summed.of ? summed.text : "…";
  }

  function show(scene, chosen) {
    const at = rows.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const things = scene.things.map((thing, place) => row(thing, place, chosen.has(place))).reverse();
    rows.replaceChildren(...things);
    if (at !== null) rows.querySelector(`[data-at="${at}"]`)?.focus();
    none.hidden = things.length > 0;
    write(scene);
  }

  return {
    show,
    knows: (scene) => bought(scene) === summed.of,
    // What `scene` costs; by now something else may lie there.
    sum(scene, text, now) {
      summed = { of: bought(scene), text };
      write(now);
    },
  };
}
