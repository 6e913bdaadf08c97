// A required question that was passed over: said on top and beside it, before going on. Everything else the server says.
import { facts, field } from "./facts.js";
import { make } from "./words.js";

/** Elements that need an answer and have none: questions, or rows of a matrix. */
export function missing(questions) {
  return questions.filter((question) => "required" in question.dataset && !question.hidden).flatMap((question) => {
    if (question.dataset.kind !== "matrix") return Object.keys(facts(field(question))).length ? [] : [question];
    return [...question.querySelectorAll("[data-row]")].filter((row) => !row.querySelector("input:checked"));
  });
}

export function clear(section) {
  section.querySelectorAll("[data-note]").forEach((note) => note.remove());
}

/** Marks them and takes the focus to a summary that links to each. */
export function show(section, places, words) {
  clear(section);
  const links = places.map((place) => {
    const input = place.querySelector("input, textarea");
    const legend = place.querySelector("legend, label");
    const id = `${input.id}-missing`;
    legend.after(make("p", { class: "govuk-error-message", id, "data-note": "", text: words.required }));
    (place.querySelector("fieldset") ?? input).setAttribute("aria-describedby", id);
    return make("li", {}, make("a", { href: `#${input.id}`, text: `${legend.firstChild.textContent.trim()} – ${words.required}` }));
  });
  const list = make("ul", { class: "govuk-list govuk-error-summary__list" }, ...links);
  const body = make("div", { class: "govuk-error-summary__body" }, list);
  const heading = make("h2", { class: "govuk-error-summary__title", text: words.wrong });
  const summary = make("div", { class: "govuk-error-summary", tabindex: "-1", role: "alert", "data-note": "" }, heading, body);
  section.prepend(summary);
  summary.focus();
}
