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

// The field is emptied in the moment its value has been read for the request, not a moment later: a scanner's keys
// overtake timers, and the next number would be written behind this one and sent with it.
function readyForTheNext() {
  form.addEventListener("htmx:config:request", (event) => {
    if (event.target !== form) return; // the field looks up what is typed, by requests of its own
    field.value = "";
    field.focus();
  });
  // What was scanned and did not arrive comes back, to be sent again by Enter.
  form.addEventListener("htmx:error", (event) => {
    const { body } = event.detail.ctx.request;
    if (event.target === form && !field.value) field.value = body.get("code");
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
