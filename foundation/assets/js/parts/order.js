// Lists that staff put in order by dragging. The buttons beside each line do the same without it.

const LIST = "[data-order]";

export function orderedLists(root) {
  let dragged = null;

  // Nothing can be dragged until somebody takes hold of a line: text in it stays selectable by keyboard.
  root.addEventListener("pointerover", (event) => {
    const line = event.target.closest?.(`${LIST} > [data-id]`);
    if (line) line.draggable = true;
  });

  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(`${LIST} > [data-id]`) ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("is-dragged");
  });

  root.addEventListener("dragover", (event) => {
    const over = event.target.closest?.(`${LIST} > [data-id]`);
    if (!dragged || !over || over === dragged || over.parentNode !== dragged.parentNode) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY > top + height / 2 ? over.nextSibling : over);
  });

  root.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });

  root.addEventListener("dragend", () => {
    if (!dragged) return;
    const list = dragged.parentNode;
    dragged.classList.remove("is-dragged");
    dragged = null;
    send(list);
  });
}

// An ordinary form, so that the answer is the page as the shop has it now.
function send(list) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = list.dataset.order;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const lines = [...list.querySelectorAll(":scope > [data-id]")];
  const values = [["csrf_token", token], ...lines.map((line) => [list.dataset.field ?? "product_id", line.dataset.id])];
  for (const [name, value] of values) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
