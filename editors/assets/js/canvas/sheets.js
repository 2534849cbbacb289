// What lies beside the canvas: the drawer, grounds, captions, and the question when two windows meet. On a phone each
// is a sheet that comes up from below, one at a time.

const inOrder = ({ ground, things }) => ({ ground, things });

export function sheets(root, { table, keep, values, say }) {
  const tabs = [...root.querySelectorAll("[data-opens]")];
  const words = root.querySelector("[data-caption]");
  const dialog = root.querySelector("[data-conflict]");
  let stored = null;
  let tried = []; // the piece that something may stand in for, then what was put in its place, the latest first
  let edited = false; // whether the field shows words that lie on the canvas

  function open(name) {
    for (const sheet of root.querySelectorAll("[data-sheet]")) sheet.classList.toggle("sheet--open", sheet.dataset.sheet === name);
    for (const tab of tabs) tab.setAttribute("aria-expanded", String(tab.dataset.opens === name));
  }

  root.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-opens]");
    if (tab) return open(tab.getAttribute("aria-expanded") === "true" ? "" : tab.dataset.opens);
    if (event.target.closest("[data-shuts]")) {
      const last = tabs.find((one) => one.getAttribute("aria-expanded") === "true");
      open("");
      return last?.focus();
    }
    const add = event.target.closest("[data-add]");
    if (add) {
      event.preventDefault();
      const piece = JSON.parse(add.dataset.piece);
      if (add.dataset.instead) standIn(piece);
      else table.add(piece);
      return;
    }
    const swap = event.target.closest("[data-swap]");
    if (swap) return offer(swap.dataset.swap);
    const layout = event.target.closest("[data-arrange]");
    if (layout) arrange(layout);
  });

  // Why there is no answer to go on with, in words.
  async function whyNot(answer) {
    if (!answer) return say("offlineNow");
    if (answer.redirected || answer.status === 401) return say("signedOutNow");
    const said = answer.status < 500 ? await answer.json().catch(() => ({})) : {};
    const why = (said.problems ?? [said.detail]).filter(Boolean).join(" ");
    return why || say("failedNow");
  }

  // One after the other can be tried in the same place, and undone: what lies there now gives way.
  function standIn(piece) {
    const lies = new Set(table.things.map((thing) => thing.product));
    const old = tried.find((one) => lies.has(one));
    if (old === piece.id) return;
    tried = [tried[0], piece.id, ...tried.slice(1)];
    if (old === undefined) table.add(piece);
    else table.swap(old, piece);
  }

  // What could stand in for a piece that has gone comes into the drawer, one press away.
  async function offer(product) {
    const answer = await fetch(`${values.drawer}?instead=${product}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return table.tell(await whyNot(answer));
    const picks = root.querySelector("#picks");
    tried = [Number(product)];
    picks.innerHTML = await answer.text(); // a part of a page of our own, escaped by the server
    markUsed();
    open("drawer");
    picks.focus();
  }

  // The server knows kinds and real sizes: it lays out, and what was there comes back by undo.
  async function arrange(button) {
    button.setAttribute("aria-busy", "true");
    const { ground, things } = table.scene;
    const answer = await keep.ask(`${values.arranged}?as=${button.dataset.arrange}`, { version: 1, ground, things }).catch(() => null);
    button.removeAttribute("aria-busy");
    if (!answer?.ok || answer.redirected) return table.tell(await whyNot(answer));
    table.putScene(inOrder(await answer.json()), say("arranged", { name: button.textContent }));
  }

  root.addEventListener("keydown", (event) => {
    const sheet = event.target.closest?.("[data-sheet]");
    if (event.key !== "Escape" || !sheet?.classList.contains("sheet--open")) return;
    const last = tabs.find((one) => one.getAttribute("aria-expanded") === "true");
    open("");
    last?.focus();
  });

  // Before htmx reads the form: another shelf is looked at from its beginning. And words are searched for while they
  // are typed: once more on leaving the field, the list would be put anew under the finger that presses in it.
  root.addEventListener("change", (event) => {
    if (event.target.name === "from") event.target.form.elements.q.value = "";
    if (event.target.name === "q") event.stopPropagation();
  }, true);

  // What lies in the look already is dimmed in the drawer, and says so.
  function markUsed() {
    const worn = new Set(table.things.map((thing) => thing.product));
    for (const button of root.querySelectorAll("[data-add]")) {
      button.closest(".pick").classList.toggle("pick--used", worn.has(Number(button.dataset.add)));
    }
  }
  document.addEventListener("htmx:after:swap", markUsed);

  root.addEventListener("change", (event) => {
    if (event.target.name !== "ground") return;
    const ground = event.target.value;
    table.ground(ground);
    table.tell(say("ground", { name: values.grounds[ground].name }));
  });

  const written = () => ({
    // By whole signs: half of one is nothing the server takes.
    text: [...words.elements.text.value.replace(/\s+/g, " ").trim()].slice(0, values.limits.letters).join("").trim(),
    face: words.elements.face.value,
    ink: words.elements.ink.value,
  });

  words.addEventListener("submit", (event) => {
    event.preventDefault();
    const { text, face, ink } = written();
    if (edited || !text) return words.elements.text.focus();
    table.insert({ kind: "caption", text, face, ink, x: 3600, y: 1200, scale: 1000, rotation: 0, flip: false, locked: false });
  });

  words.addEventListener("input", () => {
    if (!edited) return;
    const change = written();
    if (change.text) table.rewrite(change);
  });

  words.elements.more.addEventListener("click", () => {
    table.choose(null);
    words.reset();
    words.elements.text.focus();
  });

  dialog.addEventListener("cancel", (event) => event.preventDefault()); // one of the two has to be chosen
  dialog.addEventListener("click", async (event) => {
    if (event.target.closest("[data-theirs]")) {
      keep.takeTheirs(stored);
      location.reload(); // their pieces may be ones this page has never seen
      return;
    }
    const mine = event.target.closest("[data-mine]");
    if (!mine) return;
    mine.disabled = true; // pressed twice it would be two copies
    await keep.copyMine();
    mine.disabled = false;
  });

  return {
    conflict(said) {
      stored = said;
      dialog.showModal();
    },
    // The words that are chosen stand in the field, and change while they are typed there.
    show(scene, places) {
      markUsed();
      const one = places.size === 1 ? scene.things[[...places][0]] : null;
      const caption = one?.kind === "caption" ? one : null;
      words.elements.add.hidden = Boolean(caption);
      words.elements.more.hidden = !caption;
      if (!caption) {
        if (edited) words.reset();
        edited = false;
        return;
      }
      edited = true;
      if (words.elements.text !== document.activeElement) words.elements.text.value = caption.text;
      words.elements.face.value = caption.face;
      words.elements.ink.value = caption.ink;
    },
  };
}
