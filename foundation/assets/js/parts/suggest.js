// A search field that suggests while one types: <input type="search" data-suggest="/search/suggestions">.
//
// Without script it is a search field. With it, it is a combobox: arrows move through the suggestions, Enter follows
// the chosen one or searches, Escape closes. The list is the server's; options carry their address in data-href.

const PAUSE = 140;
const SHORTEST = 2;
let number = 0;

export function suggestions(root) {
  root.addEventListener("focusin", (event) => {
    const field = event.target;
    if (field.matches?.("input[data-suggest]") && !field.hasAttribute("role")) begin(field);
  });
}

function begin(field) {
  const box = document.createElement("div");
  const id = `suggestions-${++number}`;
  box.className = "suggest";
  box.id = id;
  box.hidden = true;
  box.setAttribute("role", "listbox");
  const heard = document.createElement("p");
  heard.className = "seen-by-readers";
  heard.setAttribute("role", "status");
  // Beside the row of field and button, so that it can be as wide as both.
  const row = field.closest(".joined, .field") ?? field;
  row.classList.add("suggests");
  row.append(box, heard);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", id],
    ["autocomplete", "off"],
  ]) {
    field.setAttribute(name, value);
  }

  let timer;
  let asked;
  let here = -1;
  const options = () => [...box.querySelectorAll("[role=option]")];

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    box.hidden = true;
    heard.textContent = "";
    here = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const all = options();
    here = all.length ? (place + all.length + 1) % (all.length + 1) : 0;
    if (here === all.length) here = -1;
    for (const [at, option] of all.entries()) {
      option.setAttribute("aria-selected", String(at === here));
      if (at === here) option.scrollIntoView({ block: "nearest" });
    }
    if (here < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", all[here].id);
  };

  const ask = async () => {
    const words = field.value.trim();
    asked?.abort();
    if (words.length < SHORTEST) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (!answer.ok) return close();
      box.innerHTML = await answer.text();
    } catch {
      return; // a newer question is on its way, or the line is down: the form still searches
    }
    const { says = "", name = "" } = box.querySelector("[data-says]")?.dataset ?? {};
    heard.textContent = says;
    box.setAttribute("aria-label", name);
    for (const [at, option] of options().entries()) option.id = `${id}-${at}`;
    here = -1;
    field.removeAttribute("aria-activedescendant");
    box.hidden = !options().length || document.activeElement !== field;
    field.setAttribute("aria-expanded", String(!box.hidden));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (box.hidden) return;
      event.preventDefault();
      choose(event.key === "ArrowDown" ? here + 1 : here - 1);
    } else if (event.key === "Enter" && here >= 0 && !box.hidden) {
      event.preventDefault();
      location.assign(options()[here].dataset.href);
    } else if (event.key === "Escape" && !box.hidden) {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  });

  // Pressing on a suggestion must not take the focus away before the click arrives.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
  field.addEventListener("blur", close);
}
