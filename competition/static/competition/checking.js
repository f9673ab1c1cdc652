// Keys for who checks one entry after the other: any element with data-key is clicked by that key.
// p and r only where the form allows it; typing in a field is left alone.

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  const details = target.closest("details:not([open])");
  if (details) {
    details.open = true;
    details.querySelector("input")?.focus();
    return;
  }
  target.click();
});
