// Why an answer cannot be taken yet, as the server would say it: its codes, with what fills their sentences.
import { holds } from "./conditions.js";
import { clean, day, decimal, degrees, integer, strip, time } from "./reading.js";
import { dayWords, numberWords } from "./saying.js";

const OTHER = "other";
const LONGEST_OTHER = 500;
const problem = (code, given = {}, part = "") => ({ code, given, part });
const blank = (text) => strip(text) === "";

/** Problems of one question as `field` of facts.js reads it; none where it may be left. known: facts of the questions before it. */
export function wrong(field, { required = false, known = {} } = {}) {
  const offered = { ...field, chosen: field.chosen.filter(({ relevant }) => holds(relevant ?? null, known)) };
  const found = KINDS[field.kind]?.(offered) ?? null;
  if (found === null) return required ? [problem(field.kind === "consent" ? "not_consented" : "required")] : [];
  return found;
}

/** Each gives null where nothing is answered, else what is wrong. */
const KINDS = {
  select_one: (field) => (field.chosen.length || !blank(field.words) ? chosen(field) : listed(field)),
  select_multiple: (field) => (field.chosen.length || !blank(field.words) ? several(field) : listed(field)),
  stance,
  clause: stance,
  scale: ({ chosen }) => (chosen.length ? [] : null),
  consent: ({ chosen }) => (chosen.length ? [] : null),
  text: ({ text, limits }) => (clean(text) === "" ? null : tooLong(text, limits.longest)),
  integer: ({ text, limits }) => number(text, integer, "not_an_integer", limits),
  decimal: ({ text, limits }) => number(text, decimal, "not_a_number", limits),
  date,
  time: hour,
  ranking,
  points,
  place,
  unit: ({ text, parts }) => (blank(text) ? null : parts.code ? [] : [problem("not_a_unit", { given: text })]),
  file: ({ text, busy }) => (busy ? [problem("file_waiting")] : blank(text) ? null : []),
};

const tooLong = (text, longest) => {
  const given = [...clean(text)].length;
  return given > longest ? [problem("too_long", { given: numberWords(given), high: numberWords(longest) })] : [];
};

/** An option of a long list that was typed and not chosen. */
const listed = ({ parts }) => (blank(parts.typed ?? "") ? null : [problem("not_an_option", { given: strip(parts.typed) })]);

function chosen({ chosen: [choice], words }) {
  if (!choice) return [problem("text_without_choice")];
  if (choice.value !== OTHER) return [];
  return clean(words) === "" ? [problem("other_without_text")] : tooLong(words, LONGEST_OTHER);
}

function several(field) {
  const { least = 0, most = Infinity } = field.limits;
  const worded = field.chosen.length ? field.chosen.flatMap((choice) => chosen({ ...field, chosen: [choice] })) : chosen(field);
  if (worded.length) return worded;
  const given = field.chosen.length;
  const alone = field.chosen.find(({ exclusive }) => exclusive);
  if (alone && given > 1) return [problem("exclusive", { option: alone.label ?? alone.value })];
  if (given > most) return [problem("too_many", { given, high: most })];
  return given < least && !alone ? [problem("too_few", { given, low: least })] : [];
}

function stance({ chosen: [choice], words, limits }) {
  if (!choice) return clean(words) === "" ? null : [problem("text_without_choice")];
  const long = tooLong(words, limits.longest);
  return long.length || choice.value !== OTHER || clean(words) !== "" ? long : [problem("other_without_text")];
}

function number(text, read, unreadable, { low, high }) {
  if (blank(text)) return null;
  const value = read(text);
  if (value === undefined) return [problem(unreadable, { given: strip(text) })];
  const given = numberWords(value);
  if (value < (low ?? value)) return [problem("too_small", { given, low: numberWords(low) })];
  return value > (high ?? value) ? [problem("too_large", { given, high: numberWords(high) })] : [];
}

function date({ text, limits: { low, high } }) {
  if (blank(text)) return null;
  const value = day(text);
  if (value === undefined) return [problem("not_a_date", { given: strip(text) })];
  if (value < (low ?? value)) return [problem("too_early_date", { given: dayWords(value), low: dayWords(low) })];
  return value > (high ?? value) ? [problem("too_late_date", { given: dayWords(value), high: dayWords(high) })] : [];
}

function hour({ text, limits: { low, high } }) {
  if (blank(text)) return null;
  const value = time(text);
  if (value === undefined) return [problem("not_a_time", { given: strip(text) })];
  const outside = value < (low ?? value) || value > (high ?? value);
  return outside ? [problem("time_outside", { given: value, low: low ?? "00:00", high: high ?? "23:59" })] : [];
}

function ranking({ parts, limits }) {
  const given = Object.values(parts).filter((text) => !blank(text));
  if (!given.length) return null;
  const ranks = given.map((text) => (strip(text).length <= 6 ? integer(text) : undefined));
  if (ranks.includes(undefined)) return [problem("not_an_integer", { given: given[ranks.indexOf(undefined)] })];
  ranks.sort((one, other) => one - other);
  if (new Set(ranks).size < ranks.length) return [problem("ranked_twice")];
  if (ranks.some((rank, place) => rank !== place + 1)) return [problem("ranks_with_gaps", { n: ranks.length })];
  return ranks.length === limits.ranks ? [] : [problem("ranks_missing", { given: ranks.length, n: limits.ranks })];
}

function points({ parts, limits: { total } }) {
  const given = Object.entries(parts).filter(([, text]) => !blank(text));
  if (!given.length) return null;
  const found = given.flatMap(([part, text]) => number(text, integer, "not_an_integer", { low: 0, high: total }).map((one) => ({ ...one, part })));
  if (found.length) return found;
  const sum = given.reduce((so_far, [, text]) => so_far + integer(text), 0);
  return sum === total ? [] : [problem("points_not_divided", { given: numberWords(sum), total: numberWords(total) })];
}

function place({ parts: { lat = "", lon = "" }, limits: { frame } }) {
  if (blank(lat) && blank(lon)) return null;
  const point = [degrees(lat), degrees(lon)];
  if (point.includes(undefined)) return [problem("not_a_place")];
  const [south, west, north, east] = frame;
  return point[0] < south || point[0] > north || point[1] < west || point[1] > east ? [problem("off_the_map")] : [];
}
