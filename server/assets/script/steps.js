// One section at a time: where one is, the way on and back. Back keeps everything, the browser's own too.
import { asked } from "./cascade.js";
import { holds } from "./conditions.js";
import { facts, field } from "./facts.js";
import { clear, mistakes, show } from "./mistakes.js";
import { tell } from "./saying.js";
import { fill, make } from "./words.js";

const condition = (element) => (element.dataset.relevant ? JSON.parse(element.dataset.relevant) : null);

export class Steps {
  /** form: the whole form. words: its sentences. onMove(step): after every move that a person made. */
  constructor(form, words, onMove) {
    this.form = form;
    this.words = words;
    this.onMove = onMove;
    this.sections = [...form.querySelectorAll("[data-section]")].map((element) => ({
      element,
      relevant: condition(element),
      questions: [...element.querySelectorAll("[data-question]")].map((question) => ({
        element: question,
        relevant: condition(question),
        facts: (known) => facts(field(question), known),
      })),
    }));
    this.told = JSON.parse(form.dataset.told);
    this.filters = [...form.querySelectorAll("input[data-relevant]")].map((input) => ({ input, relevant: condition(input) }));
    this.known = {};
    this.step = 0;
    this.rail = make("ol", { class: "progress__rail", "aria-hidden": "true" });
    this.place = make("p", { class: "progress__words" });
    this.progress = make("div", { class: "progress" }, this.place, this.rail);
    this.send = form.querySelector(".moves button[type=submit]");
    this.next = make("button", { class: "govuk-button", type: "button", text: words.next });
    this.back = make("button", { class: "govuk-button govuk-button--secondary", type: "button", text: words.back });
    form.prepend(this.progress);
    this.send.after(this.next, this.back);
    this.next.addEventListener("click", () => this.on());
    this.back.addEventListener("click", () => history.back());
  }

  /** Sections with something to read or answer now. */
  get open() {
    return this.sections.filter((section) => section.asked && (!section.questions.length || section.questions.some((question) => !question.element.hidden)));
  }

  /** Applies the conditions to what is answered now: who is asked, which choices are offered, what the texts say. */
  update() {
    this.known = {};
    const shown = new Map();
    asked(this.sections, this.known).forEach((result, index) => {
      const section = this.sections[index];
      section.asked = result.asked;
      section.questions.forEach(({ element }, place) => {
        element.hidden = !result.questions[place] || "silent" in element.dataset;
        if (result.questions[place]) shown.set(element.dataset.question, element);
      });
    });
    for (const { input, relevant } of this.filters) input.disabled = input.closest("label").hidden = !holds(relevant, this.known);
    tell(this.form, shown, this.known);
    this.draw();
  }

  draw() {
    const open = this.open;
    this.step = Math.max(0, Math.min(this.step, open.length - 1));
    for (const section of this.sections) section.element.hidden = section !== open[this.step];
    const last = this.step === open.length - 1;
    this.send.hidden = !last;
    this.next.hidden = last;
    this.back.hidden = this.step === 0;
    this.progress.hidden = open.length < 2;
    this.place.textContent = fill(this.words.progress, { n: this.step + 1, all: open.length });
    this.rail.replaceChildren(...open.map((_, index) => make("li", index <= this.step ? { class: "is-done" } : {})));
  }

  /** Shows this step and reads its heading out. */
  go(step) {
    this.step = step;
    this.update();
    const section = this.open[this.step].element;
    const heading = section.querySelector(".section__title") ?? this.place;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    this.progress.scrollIntoView();
  }

  /** What is missing or wrong in the section on screen. */
  get gaps() {
    return mistakes(this.open[this.step].questions.map((question) => question.element), this.known);
  }

  /** Whether the section on screen may be left; shows what is wrong where not. */
  complete() {
    const { element } = this.open[this.step];
    const gaps = this.gaps;
    clear(element);
    if (gaps.length) show(element, gaps, this.words, this.told);
    return gaps.length === 0;
  }

  /** Whether everything may be sent; goes to the first section where something is missing and says what. */
  finished() {
    const gap = this.open.findIndex((section) => mistakes(section.questions.map((question) => question.element), this.known).length);
    if (gap >= 0 && gap !== this.step) this.go(gap);
    return this.complete();
  }

  /** Takes the mistakes away once none is left. */
  forgive() {
    if (!this.gaps.length) clear(this.open[this.step].element);
  }

  on() {
    if (!this.complete()) return;
    this.go(this.step + 1);
    this.onMove(this.step);
  }

  /** The step on which this element stands. */
  stepOf(element) {
    return Math.max(0, this.open.findIndex((section) => section.element.contains(element)));
  }
}
