// What a page keeps on a device for a time goes when that is over, whichever page is opened next: entries named
// `kept:...` say until when.

export function forgetInTime(storage, now = Date.now()) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith("kept:")) continue;
    let until = 0;
    try {
      until = JSON.parse(storage.getItem(key)).until ?? 0;
    } catch {
      // What cannot be read has no reason to stay.
    }
    if (until <= now) storage.removeItem(key);
  }
}
