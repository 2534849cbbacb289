// A message that floats at the foot of the page. It goes by itself, waits while the pointer or the keyboard is on it,
// and says nothing that is not also true on the page.

const STAYS = 6000;

export function toast(message) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const said = message || region.dataset.copied;
  if ([...region.children].some((box) => box.firstChild.textContent === said)) return;
  const box = document.createElement("div");
  box.className = "toast";
  const words = document.createElement("p");
  words.textContent = said;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = region.dataset.close;
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  region.append(box);

  let timer = setTimeout(() => box.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const go = () => {
    clearTimeout(timer);
    timer = setTimeout(() => box.remove(), STAYS);
  };
  box.addEventListener("pointerenter", hold);
  box.addEventListener("pointerleave", go);
  box.addEventListener("focusin", hold);
  box.addEventListener("focusout", go);
}
