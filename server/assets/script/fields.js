// Small comforts of single fields; the form works without them.
import { fill, make } from "./words.js";

const NEAR = 0.8;

/** “None of these” goes with no other choice. */
function excludes(event) {
  const input = event.target;
  if (input.type !== "checkbox" || !input.checked) return;
  const siblings = [...input.form.querySelectorAll(`input[name="${CSS.escape(input.name)}"]`)];
  const alone = "exclusive" in input.dataset;
  for (const other of siblings) if (other !== input && (alone || "exclusive" in other.dataset)) other.checked = false;
}

/** The field of a worded choice shows once that is chosen, or holds words. */
function worded(question) {
  for (const box of question.querySelectorAll("[data-worded]")) {
    const choice = question.querySelector(`input[value="${box.dataset.worded}"]`);
    box.hidden = !choice.checked && !box.querySelector("input, textarea").value;
  }
}

/** How many characters are left, once there are few. */
function count(field, words) {
  const longest = Number(field.dataset.longest);
  const left = longest - field.value.length;
  let note = field.nextElementSibling;
  if (!note?.classList.contains("counter")) field.after((note = make("p", { class: "counter", "aria-live": "polite" })));
  note.textContent = left < 0 ? fill(words.over, { n: -left }) : left < longest * (1 - NEAR) ? fill(words.left, { n: left }) : "";
}

export function comfort(form, words) {
  const refresh = () => form.querySelectorAll('[data-kind="select_one"], [data-kind="select_multiple"]').forEach(worded);
  form.addEventListener("change", (event) => {
    excludes(event);
    refresh();
  });
  form.addEventListener("input", (event) => event.target.dataset.longest && count(event.target, words));
  refresh();
}
