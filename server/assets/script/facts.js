// What conditions may know of answers, read from the form's fields as the server reads them (Kind.read and Kind.facts).
import { calculated } from "./calculations.js";
import { holds } from "./conditions.js";
import { day, decimal, degrees, integer, strip, time, within, words } from "./reading.js";

const OTHER = "other";
const LONGEST_OTHER = 500;
const FILE = /^[0-9a-f]{32}$/;

/** A point on a scale is its number; an answer outside the scale (`missing`) keeps its name. */
const point = ({ value, missing }) => (missing ? value : Number(value));
const named = (name, value) => (value === undefined ? {} : { [name]: value });

const KINDS = {
  select_one: (field) => named(field.name, worded(field, field.chosen[0]?.value)),
  select_multiple: (field) => named(field.name, several(field)),
  ranking: (field) => named(field.name, ranked(field)?.[0]),
  stance: (field) => named(field.name, stance(field)),
  clause: (field) => named(field.name, stance(field)),
  scale: (field) => named(field.name, field.chosen[0] && point(field.chosen[0])),
  matrix: (field) => Object.fromEntries(field.rows.filter((row) => row.chosen.length).map((row) => [`${field.name}/${row.name}`, point(row.chosen[0])])),
  integer: (field) => named(field.name, within(integer(field.text), field.limits)),
  decimal: (field) => named(field.name, within(decimal(field.text), field.limits)),
  points: divided,
  date: (field) => named(field.name, within(day(field.text), field.limits)),
  time: (field) => named(field.name, within(time(field.text), field.limits)),
  text: (field) => named(field.name, words(field.text, field.limits.longest)),
  consent: (field) => named(field.name, field.chosen.length ? true : undefined),
  unit: (field) => named(field.name, field.parts.code || undefined),
  place: placed,
  file: (field) => named(field.name, FILE.test(field.text) ? field.text : undefined),
};

/** “Other” counts once it is worded. */
const worded = (field, value) => (value === OTHER && words(field.words, LONGEST_OTHER) === undefined ? undefined : value);

function several(field) {
  const { least = 0, most = Infinity } = field.limits;
  const chosen = field.chosen.map(({ value }) => worded(field, value));
  const alone = field.chosen.some(({ exclusive }) => exclusive);
  if (!chosen.length || chosen.includes(undefined) || (alone && chosen.length > 1)) return undefined;
  return chosen.length > most || (chosen.length < least && !alone) ? undefined : chosen;
}

function stance(field) {
  const value = field.chosen[0]?.value;
  const text = words(field.words, field.limits.longest);
  const unread = strip(field.words) !== "" && text === undefined && words(field.words, Infinity) !== undefined;
  return unread || (value === OTHER && text === undefined) ? undefined : value;
}

/** Options by the ranks typed beside them: 1, 2, 3 …, each once, as many as are wanted. */
function ranked(field) {
  const given = Object.entries(field.parts).filter(([, text]) => strip(text) !== "");
  const ranks = given.map(([option, text]) => [option, strip(text).length <= 6 ? integer(text) : undefined]);
  ranks.sort(([, one], [, other]) => one - other);
  const whole = ranks.length === field.limits.ranks && ranks.every(([, rank], place) => rank === place + 1);
  return whole ? ranks.map(([option]) => option) : undefined;
}

function divided({ name, parts, limits }) {
  const given = Object.entries(parts).map(([option, text]) => [option, strip(text) === "" ? 0 : within(integer(text), { low: 0, high: limits.total })]);
  const whole = given.every(([, points]) => points !== undefined) && given.reduce((sum, [, points]) => sum + points, 0) === limits.total;
  return whole ? Object.fromEntries(given.map(([option, points]) => [`${name}/${option}`, points])) : {};
}

function placed({ name, parts, limits }) {
  const [south, west, north, east] = limits.frame;
  const lat = within(degrees(parts.lat ?? ""), { low: south, high: north });
  const lon = within(degrees(parts.lon ?? ""), { low: west, high: east });
  return lat === undefined || lon === undefined ? {} : { [`${name}/lat`]: lat, [`${name}/lon`]: lon };
}

/**
 * Facts of one question, by its name or `name/part`; what is unanswered, unreadable or outside its limits is absent.
 * field: {name, kind, chosen: [{value, missing, exclusive, relevant}], text, words, parts: {part: text}, rows: [{name, chosen}], limits, expression}
 * known: facts of the questions before it, for choices that are offered only then, and for calculations.
 */
export function facts(field, known = {}) {
  if (field.kind === "calculation") return named(field.name, calculated(field.expression, known));
  const offered = field.chosen.filter(({ relevant }) => holds(relevant ?? null, known));
  return KINDS[field.kind]?.({ ...field, chosen: offered }) ?? {};
}

const json = (text, otherwise) => (text ? JSON.parse(text) : otherwise);
const chosen = (inputs) =>
  inputs
    .filter((input) => input.checked)
    .map((input) => ({
      value: input.value,
      missing: "missing" in input.dataset,
      exclusive: "exclusive" in input.dataset,
      relevant: json(input.dataset.relevant, null),
    }));

/** A question of the page as `facts` reads it. */
export function field(question) {
  const { question: name, kind, limits, expression } = question.dataset;
  const inputs = [...question.querySelectorAll("input, textarea, select")];
  const own = inputs.filter((input) => input.name === name);
  const rows = [...question.querySelectorAll("[data-row]")].map((row) => ({ name: row.dataset.row, chosen: chosen([...row.querySelectorAll("input")]) }));
  const parts = Object.fromEntries(inputs.filter((input) => input.name.startsWith(`${name}/`)).map((input) => [input.name.slice(name.length + 1), input.value]));
  return {
    name, kind, rows, parts, words: parts.text ?? "", chosen: chosen(own), text: own[0]?.value ?? "",
    limits: json(limits, {}), expression: json(expression, null),
  };
}
