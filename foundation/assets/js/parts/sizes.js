// A size that is chosen says what is true of it: <fieldset data-tells="ID"> and on each input data-says="M in stock" and
// data-tone="good". The button may carry the price: data-price-label="Add to bag, %s" with data-price on the input.

export function sizePickers(root) {
  root.addEventListener("change", (event) => {
    const input = event.target;
    const group = input.closest?.("[data-tells]");
    if (!group || !input.checked) return;
    const place = document.getElementById(group.dataset.tells);
    if (place && input.dataset.says) {
      place.textContent = input.dataset.says;
      place.className = `state state--${input.dataset.tone || "good"}`;
    }
    const button = input.form?.querySelector("[data-price-label]");
    if (button && input.dataset.price) button.textContent = button.dataset.priceLabel.replace("%s", input.dataset.price);
  });
}
