// What cannot be left as it is: said on top and beside it, before going on, in the server's own words.
import { field } from "./facts.js";
import { wrong } from "./reasons.js";
import { labelOf } from "./saying.js";
import { fill, make } from "./words.js";

/** [{place, code, given}] of these questions: place is the question, or a row or option of it. known: all facts. */
export function mistakes(questions, known) {
  return questions.filter((question) => !question.hidden).flatMap((question) => {
    if (question.dataset.kind === "matrix") return gaps(question);
    if (unsettled(question)) return [];
    const found = wrong({ ...field(question), busy: "busy" in (question.querySelector("[data-file]")?.dataset ?? {}) }, { required: "required" in question.dataset, known });
    return found.map(({ code, given, part }) => ({ place: rowOf(question, part), code, given: named(question, given) }));
  });
}

function gaps(question) {
  if (!("required" in question.dataset)) return [];
  const rows = [...question.querySelectorAll("[data-row]")].filter((row) => !row.querySelector("input:checked"));
  return rows.map((place) => ({ place, code: "required", given: {} }));
}

/** Typed where the list could not be loaded: the server finds it. */
function unsettled(question) {
  const finder = question.querySelector("[data-finder]");
  return finder && !("loaded" in finder.dataset) && [...finder.querySelectorAll("input[type=text], textarea")].some((input) => input.value.trim());
}

/** An option by its label. */
function named(question, given) {
  const input = given.option && question.querySelector(`input[value="${CSS.escape(given.option)}"]`);
  return input ? { ...given, option: labelOf(input) } : given;
}

const rowOf = (question, part) => (part && question.querySelector(`[data-option="${CSS.escape(part)}"]`)) || question;

export function clear(section) {
  section.querySelectorAll("[data-note]").forEach((note) => note.remove());
}

/** What a place is called, without the words that only say whether it must be answered. */
function called(place) {
  const legend = place.querySelector("legend, label").cloneNode(true);
  legend.querySelectorAll(".question__optional, input, select").forEach((extra) => extra.remove());
  return legend.textContent.trim();
}

/** Marks them and takes the focus to a summary that links to each. told: sentences by code. */
export function show(section, found, words, told) {
  clear(section);
  const links = found.map(({ place, code, given }) => {
    const input = [...place.querySelectorAll("input, textarea, select, button")].find((one) => one.type !== "hidden" && one.offsetParent);
    const sentence = fill(told[code] ?? told.required, given);
    input.id ||= `f-${place.dataset.question ?? place.dataset.option}-first`;
    const id = `${input.id}-missing`;
    place.querySelector("legend, label").after(make("p", { class: "govuk-error-message", id, "data-note": "", text: sentence }));
    (place.querySelector("fieldset") ?? input).setAttribute("aria-describedby", id);
    return make("li", {}, make("a", { href: `#${input.id}`, text: `${called(place)} – ${sentence}` }));
  });
  const list = make("ul", { class: "govuk-list govuk-error-summary__list" }, ...links);
  const body = make("div", { class: "govuk-error-summary__body" }, list);
  const heading = make("h2", { class: "govuk-error-summary__title", text: words.wrong });
  const summary = make("div", { class: "govuk-error-summary", tabindex: "-1", role: "alert", "data-note": "" }, heading, body);
  section.prepend(summary);
  summary.focus();
}
