// What the widgets share: one quiet voice each, and telling the form that something changed.
import { make } from "../words.js";

export const parts = (root, selector) => [...root.querySelectorAll(selector)];

/** The sentences that the page brings for a widget. */
export const sentences = (root) => JSON.parse(root.dataset.words);

/** A line that a screen reader reads out when it changes. */
export const voice = (look = "") => make("p", { class: look || "govuk-visually-hidden", role: "status" });

/** As if a person had typed it. */
export function changed(input) {
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
}

export const button = (text, look, attributes = {}) => make("button", { type: "button", class: look, text, ...attributes });
