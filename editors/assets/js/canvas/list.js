// The list "In this look": front to back, each row chooses its thing; the sum of what is bought, as the server says it.

export function list(root, { pieces, say }) {
  const rows = root.querySelector("[data-rows]");
  const sum = root.querySelector("[data-sum]");
  const none = [...root.querySelectorAll("[data-empty]")]; // on the sheet itself, and in the list
  const pattern = document.querySelector("template[data-row]");
  let summed = { of: "", text: "" };
  let lines = []; // what each row says, from the bottom up, and the row itself

  // The sum changes with what lies there, not with where.
  const bought = (scene) => scene.things.map((thing) => thing.product).filter(Boolean).sort().join();

  // A row that says the same is left as it stands: choosing one thing of forty writes two of them.
  function row(thing, at, on) {
    const says = JSON.stringify([thing, pieces[thing.product]?.notes, on]);
    if (lines[at]?.says !== says) lines[at] = { says, row: made(thing, at, on) };
    return lines[at].row;
  }

  function made(thing, at, on) {
    const line = pattern.content.cloneNode(true).firstElementChild;
    const button = line.querySelector("button");
    const piece = pieces[thing.product];
    button.dataset.at = at;
    button.setAttribute("aria-pressed", String(on));
    line.classList.toggle("layer--on", on);
    line.querySelector("[data-name]").textContent = piece ? piece.name : thing.text;
    const degrees = Math.round(thing.rotation / 10);
    const notes = [
      piece ? piece.colour : say("captionName"),
      degrees ? say("turnedBy", { degrees: `${degrees}°`.replace("-", "−") }) : "",
      thing.locked ? say("lockedMark") : "",
    ];
    line.querySelector("[data-note]").textContent = notes.filter(Boolean).join(", ");
    line.querySelector("[data-price]").textContent = piece?.price ?? "";
    if (piece?.notes?.length) {
      line.querySelector("[data-warn]").hidden = false;
      line.querySelector("[data-notes]").textContent = piece.notes.join(", ");
      const swap = line.querySelector("[data-swap]");
      swap.hidden = !piece.gone;
      swap.dataset.swap = piece.id;
    }
    const picture = line.querySelector("img");
    if (piece?.href) picture.src = piece.href;
    else picture.remove();
    return line;
  }

  function write(scene) {
    sum.textContent = bought(scene) === summed.of ? summed.text : "…";
  }

  function show(scene, chosen) {
    const at = rows.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const things = scene.things.map((thing, place) => row(thing, place, chosen.has(place))).reverse();
    lines.length = things.length;
    things.forEach((line, place) => {
      if (rows.children[place] !== line) rows.insertBefore(line, rows.children[place] ?? null);
    });
    while (rows.children.length > things.length) rows.lastElementChild.remove();
    if (at !== null) rows.querySelector(`[data-at="${at}"]`)?.focus();
    for (const sentence of none) sentence.hidden = things.length > 0;
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
