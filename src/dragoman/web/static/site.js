// Comfort only: every page does its work without this. The slider shows its year, and asks when it is let go.
document.querySelectorAll("input[data-slider]").forEach((slider) => {
  const shown = slider.form.querySelector("output");
  const tell = () => { shown.value = slider.value; };
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => slider.form.submit());
  tell();
});
// Review by keyboard: a key does what the element that names it does. It can be switched off, and is silent while somebody writes.
const keys = document.querySelector("[data-keys]");
const named = document.querySelectorAll("[data-key]");
if (named.length) {
  const box = keys ? keys.querySelector("input") : { checked: true };
  if (keys) {
    keys.hidden = false;
    box.checked = localStorage.getItem("keys") !== "off";
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input:not([type=checkbox]),select,textarea");
    if (writes && event.key === "Escape") writes.blur();
    if (writes || !box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
    const target = [...named].find((one) => one.dataset.key === key);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input,select")) target.focus(); else target.click();
  });
}
