// <details data-menu>: opens by itself without script; here it also closes on Escape, on a click elsewhere and when
// another one opens, and a search sheet puts the cursor where one wants to write.

const OPEN = "details[data-menu][open]";

export function menus(root) {
  // On a phone the desk's navigation and tabs are rows to swipe: begin where the reader is.
  for (const here of root.querySelectorAll(".desk-nav [aria-current], .tabs [aria-current]")) {
    const row = here.closest(".desk-nav, .tabs");
    row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  root.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target;
      if (!menu.matches?.(OPEN)) return;
      for (const other of root.querySelectorAll(OPEN)) if (other !== menu) other.open = false;
      menu.querySelector('input[type="search"]')?.focus();
    },
    true,
  );

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of root.querySelectorAll(OPEN)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll(OPEN)) if (!menu.contains(event.target)) menu.open = false;
  });
}
