// What was chosen of a long list: a ticked box that says what it is, kept with the draft because the list itself is not on the page.
import { make } from "./words.js";

/** Name of the hidden field beside it, which the server passes over. */
export const CHOSEN = ":chosen";

/** Adds [question, option, label] to the question's chosen ones; of one of several it takes the place of the one before. */
export function chip(form, [question, option, label]) {
  const finder = form.querySelector(`#${CSS.escape(`q-${question}`)} [data-finder]`);
  const place = finder?.querySelector("[data-chosen]");
  if (!place) return null;
  const many = "many" in finder.dataset;
  if (!many) place.replaceChildren();
  const there = [...place.querySelectorAll("input")].find((input) => input.name === question && input.value === option);
  if (there) return there;
  const input = make("input", { type: many ? "checkbox" : "radio", name: question, value: option });
  input.checked = true;
  const kept = make("input", { type: "hidden", name: CHOSEN, value: JSON.stringify([question, option, label]) });
  place.append(make("label", { class: "choice" }, input, " ", make("span", { text: label }), kept));
  return input;
}
