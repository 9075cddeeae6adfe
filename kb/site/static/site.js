// Conveniences; every page works without them.
document.querySelectorAll("button.copy").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "已複製";
  });
});
document.querySelectorAll("button.show-more").forEach((button) => {
  const facet = button.closest(".facet");
  facet.classList.add("short");
  button.hidden = false;
  button.addEventListener("click", () => {
    facet.classList.remove("short");
    button.hidden = true;
  });
});
if (window.matchMedia("(max-width: 900px)").matches) {
  document.querySelectorAll("details.facets, .outline details").forEach((details) => details.removeAttribute("open"));
}
document.querySelectorAll(".outline a[aria-current]").forEach((link) => {
  const box = link.closest(".outline");
  box.scrollTop = link.offsetTop - box.clientHeight / 3;
});
