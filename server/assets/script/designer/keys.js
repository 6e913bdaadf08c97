// What keys do in the editor beside Tab and Enter. Nothing here takes a key that a text field or a screen reader needs.

const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function press(id, event) {
  const button = document.getElementById(id);
  if (!button || button.disabled) return false;
  event.preventDefault();
  button.click();
  return true;
}

export function inEditor(event) {
  const field = event.target;
  if (event.key === "Enter" && event.ctrlKey && field.closest("#editor")) return press("go-after", event);
  if (event.key === "Enter" && !event.shiftKey && field.matches?.("[data-option]")) return press(`more-${field.dataset.option}`, event);
  if (event.ctrlKey && !event.altKey && !field.matches?.(TYPED)) {
    if (event.key === "z" && !event.shiftKey) return press("undo", event);
    if (event.key === "y" || (event.key.toLowerCase() === "z" && event.shiftKey)) return press("redo", event);
  }
  return false;
}

// Several lines pasted into one choice are a list.
export function pastedList(event) {
  const field = event.target.closest?.("[data-option]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !/[\r\n\t]/.test(text.trim())) return false;
  const area = document.getElementById(`${field.dataset.option}-paste`);
  if (!area) return false;
  event.preventDefault();
  area.value = text;
  document.getElementById(`paste-${field.dataset.option}`)?.click();
  return true;
}
