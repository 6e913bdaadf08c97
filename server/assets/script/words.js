/** A sentence with its {named} places filled in. */
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

/** A new element: `make("p", {class: "state", text: "…"}, child…)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
