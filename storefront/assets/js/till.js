// The till: a field that is ready for the next scan at once, and a camera that reads barcodes where a browser can.
//
// Without script the page is the same: the field is sent by Enter or by its button, a hand scanner does just that.

import { camera } from "../../../foundation/assets/js/parts/camera.js";

const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code"];

const form = document.querySelector("form[data-scan]");
const field = form?.elements.code;

if (form && field) {
  readyForTheNext();
  viewfinder();
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

function viewfinder() {
  const begin = form.querySelector("[data-camera]");
  const frame = document.querySelector("[data-viewfinder]");
  const told = document.querySelector("[data-camera-told]");
  const said = frame.querySelector("[data-said]");
  const eye = camera({
    video: frame.querySelector("video"),
    formats: FORMATS,
    seen(code) {
      said.textContent = code;
      field.value = code;
      form.requestSubmit();
    },
  });

  const tell = (words) => {
    told.textContent = words;
    told.hidden = !words;
  };

  const close = () => {
    eye.stop();
    frame.hidden = true;
    field.focus();
  };

  begin.hidden = false;
  begin.addEventListener("click", async () => {
    tell("");
    if (eye.isOn()) return close();
    frame.hidden = false;
    said.textContent = said.dataset.ready;
    const state = await eye.start();
    if (state === "on") return;
    close();
    tell(begin.dataset[state]);
  });
  frame.querySelector("[data-camera-close]").addEventListener("click", close);
}
