// <dialog data-zoom>: begins with the picture whose button was clicked (data-zoom-to, counted from 1), and looks closer
// at the spot that was pointed at. Whoever comes back begins small again.

export function closerLooks(root) {
  let wanted = 1;
  let spot = { x: 0.5, y: 0.5 };

  root.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-zoom-to]");
    if (opener) wanted = Number(opener.dataset.zoomTo);
    const room = event.target.closest?.(".zoom__room");
    if (!room || event.target.matches("input")) return;
    const box = room.getBoundingClientRect();
    spot = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  });

  root.addEventListener(
    "toggle",
    (event) => {
      const sheet = event.target;
      if (!sheet.matches?.("[data-zoom]")) return;
      for (const tick of sheet.querySelectorAll(":checked")) tick.checked = false;
      if (event.newState !== "open") return;
      const strip = sheet.querySelector("ul");
      strip.scrollLeft = strip.children[wanted - 1]?.offsetLeft ?? 0;
    },
    true,
  );

  root.addEventListener("change", (event) => {
    const room = event.target.closest?.(".zoom__room");
    if (!room || !event.target.checked) return;
    room.scrollLeft = (room.scrollWidth - room.clientWidth) * spot.x;
    room.scrollTop = (room.scrollHeight - room.clientHeight) * spot.y;
    spot = { x: 0.5, y: 0.5 };
  });
}
