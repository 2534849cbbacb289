// <button data-copy="text">: puts the text on the clipboard and says so. Without script the text stands beside it.

import { toast } from "./toast.js";

export function copyButtons(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      toast(button.dataset.copied);
    } catch {
      const field = document.getElementById(button.dataset.copyFrom ?? "");
      field?.select?.();
    }
  });
}
