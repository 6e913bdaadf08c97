import assert from "node:assert/strict";
import { test } from "node:test";
import { State } from "../../server/assets/script/designer/state.js";

/** The line about saving, and what it says is under way. */
function shown() {
  const attributes = new Map();
  const place = { setAttribute: (name, value) => attributes.set(name, value), removeAttribute: (name) => attributes.delete(name) };
  globalThis.document = { querySelector: () => place };
  return { state: new State({ dataset: { saving: "Đang lưu…" } }), busy: () => attributes.get("data-busy") };
}

test("from the first letter on nothing claims to be saved, until what was typed has arrived", () => {
  const { state, busy } = shown();
  state.typed();
  assert.equal(busy(), "Đang lưu…");
  state.began();
  assert.equal(busy(), "Đang lưu…");
  state.ended(true);
  assert.equal(busy(), undefined);
});

test("what is typed while a save is under way is not saved by it", () => {
  const { state, busy } = shown();
  state.typed();
  state.began();
  state.typed();
  state.ended(true);
  assert.equal(busy(), "Đang lưu…");
});

test("a save that failed leaves the line to what went wrong, and is sent again", () => {
  const { state, busy } = shown();
  state.typed();
  state.began();
  state.ended(false);
  assert.equal(busy(), undefined);
  assert.equal(state.dirty, true);
});
