// A form is sent once, even by an impatient finger. The server is safe without this; the reader sees that it works.

const SENDING = "sending";
const PATIENCE = 8000; // after that an answer may have been lost, and the reader may try again

export function busyForms(root) {
  // Back from the next page, an answer swapped in, or none at all: the form may be sent again.
  const release = () => {
    for (const form of root.querySelectorAll(`form[data-${SENDING}]`)) delete form.dataset[SENDING];
    for (const button of root.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
  };

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (SENDING in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset[SENDING] = "";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(release, PATIENCE);
  });

  window.addEventListener("pageshow", release);
  root.addEventListener("htmx:finally:request", release);
}
