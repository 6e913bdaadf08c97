// Answers in words, as Kind.words of the server says them: for texts that repeat what was answered before, and for what is worked out.
import { facts, field } from "./facts.js";
import { clean, day, decimal, degrees, integer, strip, time } from "./reading.js";

const UNANSWERED = "…";
const spoken = () => (typeof document === "undefined" ? "vi" : document.documentElement.lang);

/** Rounds halves to the even neighbour, as Python does, where the number is really a half. */
function fixed(value, decimals) {
  const scaled = Math.abs(value) * 10 ** decimals;
  const tie = Number.isInteger(value * 2 ** (decimals + 1)) && scaled % 1 === 0.5;
  if (!tie) return Math.abs(value).toFixed(decimals);
  const whole = Math.floor(scaled);
  return ((whole + (whole % 2)) / 10 ** decimals).toFixed(decimals);
}

/** 3.065.628 and 99,77 in Vietnamese; 3,065,628 and 99.77 in English. */
export function numberWords(value, decimals = null, language = spoken()) {
  const plain = Number.isInteger(value) ? String(BigInt(Math.abs(value))) : String(Math.abs(value));
  const [whole, part] = (decimals === null ? plain : fixed(value, decimals)).split(".");
  const [group, point] = language === "en" ? [",", "."] : [".", ","];
  return `${value < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, group)}${part ? point + part : ""}`;
}

export const dayWords = (iso) => iso.split("-").reverse().join("/");

const unit = (question) => question.querySelector("[data-unit]")?.textContent ?? "";
const withUnit = (words, question) => `${words} ${unit(question)}`.trim();
export const labelOf = (input) => input.dataset.words ?? own(input.closest("label").querySelector("span")).trim();
const own = (element) => [...element.childNodes].filter((node) => node.nodeName !== "SMALL").map((node) => node.textContent).join("");
const checked = (question, name) => [...question.querySelectorAll("input:checked:not(:disabled)")].filter((input) => input.name === name);
const rows = (question) => [...question.querySelectorAll("[data-option]")];
const rowLabel = (row) => row.querySelector(".divide__label").textContent.trim();

/** The choice, with its own words where it is worded. */
const choice = (input, { words }, always) => (clean(words) && (always || input.value === "other") ? `${labelOf(input)}: ${clean(words)}` : labelOf(input));
const choices = (question, read) => checked(question, read.name).map((input) => choice(input, read, false)).join("; ");
const stance = (question, read) => choice(checked(question, read.name)[0], read, true);

const KINDS = {
  select_one: choices,
  select_multiple: choices,
  scale: choices,
  consent: choices,
  stance,
  clause: stance,
  matrix: (question, { name }) =>
    [...question.querySelectorAll("[data-row]")]
      .flatMap((row) => checked(row, `${name}/${row.dataset.row}`).map((input) => `${row.querySelector("legend").textContent.trim()}: ${labelOf(input)}`))
      .join("; "),
  integer: (question, { text }) => withUnit(numberWords(integer(text)), question),
  decimal: (question, { text }) => withUnit(numberWords(decimal(text)), question),
  date: (_, { text }) => dayWords(day(text)),
  time: (_, { text }) => time(text),
  text: (_, { text }) => clean(text),
  unit: (_, { text }) => strip(text),
  place: (_, { parts }) => [parts.lat, parts.lon].map((part) => numberWords(degrees(part))).join("; "),
  file: (question) => question.querySelector("[data-file]").dataset.sent,
  ranking: (question) =>
    rows(question)
      .map((row) => [Number(row.querySelector("select").value), rowLabel(row)])
      .filter(([rank]) => rank)
      .sort(([one], [other]) => one - other)
      .map(([rank, label]) => `${rank}. ${label}`)
      .join("; "),
  points: (question) =>
    rows(question)
      .map((row) => [integer(row.querySelector("input").value), rowLabel(row)])
      .filter(([points]) => points)
      .map(([points, label]) => withUnit(`${label}: ${numberWords(points)}`, question))
      .join("; "),
  calculation: (question, read, known) => withUnit(numberWords(known[read.name], Number(question.dataset.decimals)), question),
};

/** What was answered; "" where nothing can be read. known: all facts. */
export function words(question, known) {
  const read = field(question);
  return Object.keys(facts(read, known)).length ? KINDS[read.kind]?.(question, read, known) ?? "" : "";
}

/** Puts earlier answers into the texts that wait for them, and what was worked out beside its label. asked: question elements by name. */
export function tell(form, asked, known) {
  const said = new Map();
  const wordsOf = (name) => {
    if (!said.has(name)) said.set(name, (asked.has(name) && words(asked.get(name), known)) || UNANSWERED);
    return said.get(name);
  };
  for (const place of form.querySelectorAll("[data-pipe]")) place.textContent = wordsOf(place.dataset.pipe);
  for (const place of form.querySelectorAll("[data-output]")) place.textContent = wordsOf(place.closest("[data-question]").dataset.question);
}
