// The till: a field that is ready for the next scan at once, and a camera that reads barcodes where a browser can.
//
// Without script the page is the same: the field is sent by Enter or by its button, a hand scanner does just that.

const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code"];
const PAUSE = 140; // between two looks at the picture
const AGAIN = 2000; // the same bars held still are one piece

const form = document.querySelector("form[data-scan]");
const field = form?.elements.code;

if (form && field) {
  readyForTheNext();
  camera();
}

// The field is emptied as soon as its value is on its way, so that the next scan begins with an empty one. A
// quick scanner may have begun already: what it wrote behind the value stays.
function readyForTheNext() {
  form.addEventListener("submit", () => {
    const sent = field.value;
    setTimeout(() => {
      field.value = field.value.startsWith(sent) ? field.value.slice(sent.length) : "";
      field.focus();
    });
  });
  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement === document.body) field.focus();
  });
}

function camera() {
  const begin = form.querySelector("[data-camera]");
  const viewfinder = document.querySelector("[data-viewfinder]");
  const told = document.querySelector("[data-camera-told]");
  const sight = viewfinder.querySelector("video");
  const said = viewfinder.querySelector("[data-said]");
  let stream;
  let timer;
  let last = { code: "", at: 0 };

  const tell = (words) => {
    told.textContent = words;
    told.hidden = !words;
  };

  const close = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    sight.srcObject = null;
    viewfinder.hidden = true;
    field.focus();
  };

  const look = async (reader) => {
    if (!stream) return;
    const [found] = await reader.detect(sight).catch(() => []);
    const now = Date.now();
    if (found && (found.rawValue !== last.code || now - last.at > AGAIN)) {
      said.textContent = found.rawValue;
      field.value = found.rawValue;
      form.requestSubmit();
    }
    if (found) last = { code: found.rawValue, at: now };
    timer = setTimeout(look, PAUSE, reader);
  };

  begin.hidden = false;
  begin.addEventListener("click", async () => {
    tell("");
    if (stream) return close();
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return tell(begin.dataset.none);
    const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    const formats = FORMATS.filter((format) => known.includes(format));
    if (!formats.length) return tell(begin.dataset.none);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return tell(begin.dataset.refused);
    }
    sight.srcObject = stream;
    viewfinder.hidden = false;
    said.textContent = said.dataset.ready;
    await sight.play();
    look(new window.BarcodeDetector({ formats }));
  });
  viewfinder.querySelector("[data-camera-close]").addEventListener("click", close);
  window.addEventListener("pagehide", close);
}
