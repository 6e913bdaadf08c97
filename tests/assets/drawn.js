// A question with its form's fields, as `field` of facts.js reads them from the page that the macro draws.

/** question: {name, kind, limits, expression?}; form: lists of values by field; guarded: option name → its guarded condition. */
export function drawn({ name, kind, limits, expression = null, guarded = {} }, form) {
  const missing = (kind.missing ?? []).map((option) => option.name);
  const exclusive = (kind.options ?? []).filter((option) => option.exclusive).map((option) => option.name);
  const mark = (value) => ({ value, missing: missing.includes(value), exclusive: exclusive.includes(value), relevant: guarded[value] ?? null });
  const chosen = (field) => (form[field] ?? []).map(mark);
  const rows = (kind.rows ?? []).map((row) => ({ name: row.name, chosen: chosen(`${name}/${row.name}`) }));
  const own = Object.keys(form).filter((field) => field.startsWith(`${name}/`));
  const named = ["ranking", "points"].includes(kind.type) ? kind.options.map((option) => [option.name, ""]) : [];
  const parts = { ...Object.fromEntries(named), ...Object.fromEntries(own.map((field) => [field.slice(name.length + 1), form[field][0]])) };
  return { name, kind: kind.type, rows, parts, limits, expression, chosen: chosen(name), text: form[name]?.[0] ?? "", words: parts.text ?? "" };
}
