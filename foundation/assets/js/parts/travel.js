// The picture of a card travels to the page it opens: for the time of the click it bears the name that the large picture
// has there. Browsers without view transitions do nothing.

const NAME = "lead-picture";

export function travellingPictures(root) {
  if (!("onpagereveal" in window)) return;
  root.addEventListener("click", (event) => {
    const card = event.target.closest?.(".card-product a, .card-look a")?.closest(".card-product, .card-look");
    const picture = card?.querySelector(".plate img");
    if (!picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const other of root.querySelectorAll(".lead-picture")) other.classList.remove("lead-picture");
    picture.style.viewTransitionName = NAME;
  });
  // A transition that the browser leaves out (the page was slow, the window hidden) is no error of anybody's.
  for (const moment of ["pageswap", "pagereveal"]) {
    window.addEventListener(moment, ({ viewTransition }) => {
      for (const step of ["ready", "finished", "updateCallbackDone"]) viewTransition?.[step].catch(() => {});
    });
  }
  window.addEventListener("pageshow", () => {
    for (const picture of root.querySelectorAll(".card-product img, .card-look img")) picture.style.viewTransitionName = "";
  });
}
