// What conditions may know of answers, read from the form's fields as the server reads them (surveys/conditions.py, `facts`).
const INTEGER = /^([-+]?\d+|[-+]?\d{1,3}(\.\d{3})+)$/;
const DECIMAL = /^[-+]?\d+([.,]\d+)?$/;

/** A point on a scale is its number; an answer outside the scale (`missing`) keeps its name. */
const point = ({ value, missing }) => (missing ? value : Number(value));

const KINDS = {
  select_one: (field) => worded(field, field.chosen[0]?.value),
  select_multiple: (field) => some(field.chosen.map(({ value }) => value).filter((value) => worded(field, value) !== undefined)),
  stance: (field) => worded(field, field.chosen[0]?.value),
  scale: (field) => field.chosen[0] && point(field.chosen[0]),
  integer: ({ text }) => (INTEGER.test(text) ? Number(text.replaceAll(".", "")) : undefined),
  decimal: ({ text }) => (DECIMAL.test(text) ? Number(text.replace(",", ".")) : undefined),
  date: ({ text }) => text || undefined,
  text: ({ text }) => text || undefined,
  consent: (field) => (field.chosen.length ? true : undefined),
};

/** “Other” counts once it is worded. */
const worded = (field, value) => (value === "other" && field.words === "" ? undefined : value);
const some = (list) => (list.length ? list : undefined);

/**
 * Facts of one question: {name: value}, of a matrix {"name/row": number}; what is unanswered or unreadable is absent.
 * field: {name, kind, chosen: [{value, missing}], text, words, rows: [{name, chosen}]}
 */
export function facts(field) {
  if (field.kind === "matrix") {
    const answered = field.rows.filter((row) => row.chosen.length);
    return Object.fromEntries(answered.map((row) => [`${field.name}/${row.name}`, point(row.chosen[0])]));
  }
  const value = KINDS[field.kind]?.(field);
  return value === undefined ? {} : { [field.name]: value };
}

const chosen = (inputs) => inputs.filter((input) => input.checked).map((input) => ({ value: input.value, missing: "missing" in input.dataset }));

/** A question of the page as `facts` reads it. */
export function field(question) {
  const { question: name, kind } = question.dataset;
  const inputs = [...question.querySelectorAll("input, textarea")];
  const own = inputs.filter((input) => input.name === name);
  const rows = [...question.querySelectorAll("[data-row]")].map((row) => ({ name: row.dataset.row, chosen: chosen([...row.querySelectorAll("input")]) }));
  const words = inputs.find((input) => input.name === `${name}/text`)?.value.trim() ?? "";
  return { name, kind, rows, words, chosen: chosen(own), text: own[0]?.value.trim() ?? "" };
}
