import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { facts } from "../../server/assets/script/facts.js";

const { cases } = JSON.parse(readFileSync(new URL("../facts.json", import.meta.url)));

/** The fields as `field` reads them from the page that the macro draws. */
function drawn(kind, form) {
  const missing = (kind.missing ?? []).map((option) => option.name);
  const chosen = (name) => (form[name] ?? []).map((value) => ({ value, missing: missing.includes(value) }));
  const rows = (kind.rows ?? []).map((row) => ({ name: row.name, chosen: chosen(`q/${row.name}`) }));
  return { name: "q", kind: kind.type, rows, chosen: chosen("q"), text: (form.q?.[0] ?? "").trim(), words: (form["q/text"]?.[0] ?? "").trim() };
}

for (const { kind, form, facts: expected } of cases) {
  test(`${kind.type} of ${JSON.stringify(form)}`, () => assert.deepEqual(facts(drawn(kind, form)), expected));
}
