// <button data-share="caption" hidden>: hands the words of a field, and the picture at data-share-file, to the phone's
// own way of sharing; with data-share-address an address instead. Shown only where there is such a way; where it fails
// what was to be shared is copied.

import { toast } from "./toast.js";

export function shareButtons(root) {
  if (!navigator.share) return;
  for (const button of root.querySelectorAll("[data-share], [data-share-address]")) {
    button.hidden = false;
    // Fetched beforehand: a phone shares only in the moment of the tap, and a picture takes longer.
    const picture = pictureOf(button.dataset.shareFile);
    let ready = [];
    picture.then((files) => (ready = files));
    button.addEventListener("click", () => share(button, ready));
  }
}

async function pictureOf(address) {
  if (!address || !navigator.canShare) return [];
  try {
    const answer = await fetch(address);
    if (!answer.ok) return [];
    const data = await answer.blob();
    const files = [new File([data], `look.${data.type.split("/")[1]}`, { type: data.type })];
    return navigator.canShare({ files }) ? files : [];
  } catch {
    return [];
  }
}

async function share(button, files) {
  const { share: field, shareAddress: url, shareTitle: title } = button.dataset;
  const text = url ?? document.getElementById(field).value;
  const words = url ? { title, url } : { title, text };
  try {
    await navigator.share(files.length ? { ...words, files } : words);
  } catch (refused) {
    if (refused.name === "AbortError") return; // somebody thought better of it
    await navigator.clipboard.writeText(text);
    toast(button.dataset.copied);
  }
}
