// The pages of answering, taken one from another without losing what was typed: form, check answers, receipt.
import { CHOSEN, chip } from "./chips.js";
import { Draft, storage } from "./draft.js";
import { comfort } from "./fields.js";
import { receipt } from "./receipt.js";
import { newKey, post } from "./send.js";
import { Steps } from "./steps.js";
import { fill, make } from "./words.js";

const RETRY_MS = 15000;

/** While somebody types, texts and questions that rest on it follow with this delay: nothing moves when the finger goes on. */
const UPDATE_MS = 200;

/** What was said of mistakes goes a moment after they are mended: a finger on its way to a button still finds it there. */
const FORGIVE_MS = 400;

/** Hidden fields that a draft brings along. */
const CARRIED = [":key", ":receipt"];

export class Answering {
  constructor(main) {
    this.main = main;
    this.store = storage();
    this.kept = null;
    window.addEventListener("popstate", (event) => this.pop(event.state?.step));
    window.addEventListener("pageshow", (event) => event.persisted && this.sent && location.reload());
    this.enter();
  }

  get page() {
    return this.main.querySelector("[data-page]");
  }

  /** Brings the page in `main` to life. */
  enter() {
    const page = this.page;
    if (page.dataset.page === "form") this.form(page.querySelector("form"));
    if (page.dataset.page === "check") this.check(page.querySelector("form"));
    if (page.dataset.page === "receipt") this.finish(page);
    page.querySelector("[data-summary]")?.focus();
  }

  form(form) {
    const words = JSON.parse(form.dataset.words);
    this.draft = new Draft(form.dataset.form, this.store);
    this.save = () => {
      const kept = this.draft.save(fieldsOf(form), this.steps.step);
      say(form, kept ? words.saved : words.unsaved);
    };
    const earlier = this.draft.load();
    if ("fresh" in form.dataset && earlier) restore(form, earlier.fields);
    if (!form.elements[":key"]) form.append(make("input", { type: "hidden", name: ":key", value: newKey() }));
    comfort(form, words);
    this.steps = new Steps(form, words, (step) => {
      history.pushState({ step }, "");
      this.save();
    });
    this.steps.update();
    const wrong = form.querySelector(".govuk-form-group--error, [aria-invalid], .govuk-error-message");
    this.steps.step = wrong ? this.steps.stepOf(wrong) : "fresh" in form.dataset && earlier ? earlier.step : 0;
    this.steps.draw();
    history.replaceState({ step: this.steps.step }, "");
    form.addEventListener("input", () => {
      this.save();
      clearTimeout(this.updating);
      this.updating = setTimeout(() => this.steps?.update(), UPDATE_MS);
    });
    form.addEventListener("change", () => {
      this.steps.update();
      clearTimeout(this.forgiving);
      this.forgiving = setTimeout(() => this.steps?.forgive(), FORGIVE_MS);
    });
    if (form.dataset.kinds) this.enliven(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.steps.finished()) this.submit(form, form.action, words);
    });
    if (earlier && "fresh" in form.dataset) this.welcomeBack(form, words);
    if (location.hash.startsWith("#q-") && "fresh" in form.dataset) this.show(decodeURIComponent(location.hash.slice(3)));
  }

  /** Fetches the script of the kinds that are more than fields, where the page has such. Without a network they stay fields. */
  async enliven(form) {
    const steps = this.steps;
    const kinds = await import(form.dataset.kinds).catch(() => null);
    kinds?.enliven(form, () => steps.known);
  }

  welcomeBack(form, words) {
    const erase = make("button", { class: "link", type: "button", text: words.erase });
    erase.addEventListener("click", () => {
      this.draft.clear();
      location.reload();
    });
    say(form, words.restored);
    form.querySelector("[data-state]").append(" ", erase);
  }

  check(form) {
    const words = JSON.parse(form.dataset.words);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (button && "change" in button.dataset) this.change(form, button, words);
      else this.submit(form, form.action, words);
    });
  }

  /** Back to a question: to the form that is still in memory, else the server gives it anew. */
  change(form, button, words) {
    if (!this.kept) {
      this.submit(form, button.formAction, words);
      return;
    }
    const id = button.dataset.change;
    history.back();
    window.addEventListener("popstate", () => id && this.show(id), { once: true });
  }

  show(name) {
    const target = this.main.querySelector(`#${CSS.escape(name.startsWith(":") ? `f-${name}` : `q-${name}`)}`);
    if (!target) return;
    this.steps.go(this.steps.stepOf(target));
    target.scrollIntoView();
    (target.querySelector("input, textarea") ?? target).focus({ preventScroll: true });
  }

  async submit(form, address, words) {
    if (this.busy) return;
    this.busy = true;
    say(form, words.sending);
    const answer = await post(address, fieldsOf(form));
    this.busy = false;
    if (answer === "offline" || answer === "busy") this.wait(form, address, words, answer);
    else this.swap(answer);
  }

  /** Says honestly that nothing was sent, and sends again when asked, when the network is back, or a little later. */
  wait(form, address, words, why) {
    say(form, why === "offline" ? words.waiting : words.busy, "state--waiting");
    const again = make("button", { class: "link", type: "button", text: words.again });
    const timer = setTimeout(() => send(), RETRY_MS);
    const send = () => {
      clearTimeout(timer);
      window.removeEventListener("online", send);
      if (this.main.contains(form)) this.submit(form, address, words);
    };
    again.addEventListener("click", send);
    window.addEventListener("online", send);
    form.querySelector("[data-state]").append(" ", again);
  }

  swap(html) {
    const answered = new DOMParser().parseFromString(html, "text/html");
    const page = this.page;
    const next = answered.querySelector("[data-page]");
    if (page.dataset.page === "form" && next.dataset.page === "check") {
      page.querySelectorAll("[data-summary], .govuk-error-message").forEach((mistake) => mistake.remove());
      this.kept = { page, title: document.title };
      history.pushState({ step: "check" }, "");
    }
    document.title = answered.title;
    page.replaceWith(next);
    this.enter();
    window.scrollTo(0, 0);
    const heading = next.querySelector("[data-summary]") ?? next.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
  }

  pop(step) {
    if (this.sent || (step === "check" && this.page.dataset.page === "form")) {
      location.reload();
      return;
    }
    if (this.page.dataset.page === "check" && this.kept) {
      this.page.replaceWith(this.kept.page);
      document.title = this.kept.title;
      this.kept = null;
    }
    if (this.page.dataset.page === "form" && Number.isInteger(step)) {
      this.steps.go(step);
      this.save();
    }
  }

  finish(page) {
    this.sent = true;
    this.kept = null;
    this.steps = null;
    receipt(page, this.store);
  }
}

function say(form, sentence, look = "") {
  const state = form.querySelector("[data-state]");
  state.className = `state ${look}`;
  state.textContent = fill(sentence, {});
}

/** What is typed and chosen, as text; files go their own way. */
const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

/** Fills a form from a draft. */
export function restore(form, fields) {
  for (const [name, value] of fields) {
    const inputs = [...form.elements].filter((input) => input.name === name);
    if (!inputs.length && CARRIED.includes(name)) form.append(make("input", { type: "hidden", name, value }));
    if (name === CHOSEN) chip(form, JSON.parse(value));
    for (const input of inputs) {
      if (input.type === "radio" || input.type === "checkbox") input.checked ||= input.value === value;
      else if (input.type !== "hidden" || "kept" in input.dataset) input.value = value;
    }
  }
}
