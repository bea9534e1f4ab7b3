// Comfort only: every page does its work without this. The slider shows its year, and asks when it is let go.
document.querySelectorAll("input[data-slider]").forEach((slider) => {
  const shown = slider.form.querySelector("output");
  const tell = () => { shown.value = slider.value; };
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => slider.form.submit());
  tell();
});
