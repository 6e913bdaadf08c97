import assert from "node:assert/strict";
import { test } from "node:test";
import { copy } from "../../server/assets/script/copy.js";

const field = () => ({ value: "https://a.vn/s/K7MPTZ", selected: false, select() { this.selected = true; } });

test("copying writes the address and leaves it selected", async () => {
  const written = [];
  const one = field();

  assert.equal(await copy(one, { writeText: async (text) => written.push(text) }), true);
  assert.deepEqual([written, one.selected], [[one.value], true]);
});

test("a browser without a clipboard leaves the address selected and says so", async () => {
  for (const clipboard of [undefined, { writeText: () => Promise.reject(new Error("denied")) }]) {
    const one = field();

    assert.deepEqual([await copy(one, clipboard ?? null), one.selected], [false, true]);
  }
});
