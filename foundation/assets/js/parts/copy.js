// <button data-copy="text">: puts the text on the clipboard and says so; with data-copy-from alone, what stands in that
// field. Without script the text stands beside it.

import { toast } from "./toast.js";

export function copyButtons(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-from]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copyFrom ?? "");
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? field.value);
      toast(button.dataset.copied);
    } catch {
      field?.select?.();
    }
  });
}
