// Codes by the camera of a device: what it sees is looked at here, and only what stands in the code goes on.

const PAUSE = 140; // between two looks at the picture
const AGAIN = 2000; // the same code held still is one

// `seen` gets what stands in a code. `ponyfill` loads a reader for browsers that have none.
export function camera({ video, formats, seen, ponyfill }) {
  let stream;
  let timer;
  let last = { code: "", at: 0 };

  const stop = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
  };

  const look = async (reader) => {
    if (!stream) return;
    const [found] = await reader.detect(video).catch(() => []);
    const now = Date.now();
    if (found && (found.rawValue !== last.code || now - last.at > AGAIN)) seen(found.rawValue);
    if (found) last = { code: found.rawValue, at: now };
    timer = setTimeout(look, PAUSE, reader);
  };

  // "on", or why not: "none" when the browser has no camera or cannot read, "refused" when it may not.
  const start = async () => {
    const reader = navigator.mediaDevices?.getUserMedia && (await readerFor(formats, ponyfill));
    if (!reader) return "none";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (refused) {
      return refused.name === "NotFoundError" ? "none" : "refused";
    }
    video.srcObject = stream;
    await video.play();
    look(reader);
    return "on";
  };

  window.addEventListener("pagehide", stop);
  return { start, stop, isOn: () => Boolean(stream) };
}

async function readerFor(wanted, ponyfill) {
  if ("BarcodeDetector" in window) {
    const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    const formats = wanted.filter((format) => known.includes(format));
    if (formats.length) return new window.BarcodeDetector({ formats });
  }
  const Reader = await ponyfill?.().catch(() => undefined);
  return Reader && new Reader({ formats: wanted });
}
