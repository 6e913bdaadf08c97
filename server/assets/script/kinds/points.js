// Points to divide: a smaller and a larger step beside each number, and how many are left.
import { integer } from "../reading.js";
import { numberWords } from "../saying.js";
import { fill, make } from "../words.js";
import { button, changed, parts, sentences, voice } from "./live.js";

/** A step that suits so many points: five of a hundred, one of ten. */
export const stepOf = (total) => Math.max(1, Math.floor(total / 20));

/** The number after a step: never below nothing, never more than are left. */
export const stepped = (value, by, left) => Math.max(0, value + Math.min(by, Math.max(0, left)));

export function points(root) {
  const words = sentences(root);
  const total = Number(root.dataset.points);
  const step = stepOf(total);
  const inputs = parts(root, "[data-option] input");
  const rest = voice("divide__left");
  const value = (input) => integer(input.value) ?? 0;
  const left = () => total - inputs.reduce((sum, input) => sum + value(input), 0);
  const draw = () => {
    const now = left();
    rest.textContent = fill(now < 0 ? words.over : now ? words.left : words.done, { n: numberWords(Math.abs(now)), total: numberWords(total) });
    rest.classList.toggle("is-wrong", now < 0);
    rest.classList.toggle("is-done", now === 0);
  };
  const move = (input, by) => {
    input.value = String(stepped(value(input), by, left()));
    changed(input);
  };
  for (const input of inputs) {
    const option = input.closest("[data-option]").querySelector("label").textContent.trim();
    const less = button("−", "divide__step", { "aria-label": fill(words.less, { option, n: step }) });
    const more = button("+", "divide__step", { "aria-label": fill(words.more, { option, n: step }) });
    less.addEventListener("click", () => move(input, -step));
    more.addEventListener("click", () => move(input, step));
    const group = make("div", { class: "divide__numbers" });
    input.replaceWith(group);
    group.append(less, input, more);
  }
  root.addEventListener("input", draw);
  root.append(rest);
  draw();
}
