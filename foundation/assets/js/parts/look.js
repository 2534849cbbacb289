// The live total of a look. Each piece carries its price in minor units; the form names currency and language.
//
// <form data-look data-currency data-digits>
//   <li data-piece data-minor="8000"> ... <select data-quantity> ... <... data-line-total>
//   <output data-look-total> and <... data-look-count data-one="%d piece" data-many="%d pieces">

export function lookTotals(root) {
  root.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-look]");
    if (form) update(form);
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-look]")) update(form);
  });
}

function update(form) {
  const digits = Number(form.dataset.digits ?? 2);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const writer = new Intl.NumberFormat(language, { style: "currency", currency: form.dataset.currency });
  const written = (minor) => writer.format(minor / 10 ** digits);
  let sum = 0;
  let count = 0;
  for (const piece of form.querySelectorAll("[data-piece]")) {
    const quantity = Number(piece.querySelector("[data-quantity]")?.value ?? 1);
    const size = piece.querySelector("input[type=radio]:checked, select[data-size] option:checked");
    const each = Number(size?.dataset.minor ?? piece.dataset.minor);
    const gone = piece.hasAttribute("data-sold-out");
    const line = gone ? 0 : quantity * each;
    sum += line;
    count += gone ? 0 : quantity;
    piece.classList.toggle("piece--out", gone || quantity === 0);
    const place = piece.querySelector("[data-line-total]");
    if (place) place.textContent = written(line || each);
  }
  for (const place of form.querySelectorAll("[data-look-total]")) place.textContent = written(sum);
  for (const place of form.querySelectorAll("[data-look-count]")) {
    place.textContent = (count === 1 ? place.dataset.one : place.dataset.many).replace("%d", String(count));
  }
}
