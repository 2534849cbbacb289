// What this tab looked at last: numbers of products in sessionStorage, gone with the tab, sent only to show them.
//
// <div data-seen="12" data-seen-from="/wishes/seen"></div> notes product 12 and is filled with those before it.

const KEY = "seen";
const MOST = 6;

export function seenBefore(root) {
  for (const place of root.querySelectorAll("[data-seen]")) show(place);
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-seen-forget]");
    if (!button) return;
    sessionStorage.removeItem(KEY);
    button.closest("[data-seen]").replaceChildren();
  });
}

async function show(place) {
  const here = Number(place.dataset.seen);
  let before = [];
  try {
    before = JSON.parse(sessionStorage.getItem(KEY) ?? "[]").filter((one) => Number.isInteger(one) && one !== here);
    sessionStorage.setItem(KEY, JSON.stringify([here, ...before].slice(0, MOST + 1)));
  } catch {
    return; // storage is switched off: nothing is remembered
  }
  if (!before.length) return;
  const answer = await fetch(`${place.dataset.seenFrom}?of=${before.slice(0, MOST).join(",")}`);
  if (answer.ok) place.innerHTML = await answer.text();
}
