import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { holds } from "../../server/assets/script/conditions.js";

const { cases } = JSON.parse(readFileSync(new URL("../conditions.json", import.meta.url)));

for (const { values, page, condition, expected } of cases) {
  test(`${JSON.stringify(condition)} of ${JSON.stringify(values)} is ${expected}`, () => {
    assert.equal(holds(page, values), expected);
  });
}

test("no condition always holds", () => assert.equal(holds(null, {}), true));
