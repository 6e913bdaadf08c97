import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { facts } from "../../server/assets/script/facts.js";
import { drawn } from "./drawn.js";

const { cases } = JSON.parse(readFileSync(new URL("../facts.json", import.meta.url)));

for (const { kind, limits, form, facts: expected } of cases) {
  test(`${kind.type} of ${JSON.stringify(form)}`, () => assert.deepEqual(facts(drawn({ name: "q", kind, limits }, form)), expected));
}
