import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft, forget } from "../../server/assets/script/draft.js";

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
  key = (index) => [...this.keys()][index];
  get length() {
    return this.size;
  }
}

test("what was typed comes back, of this consultation and version only", () => {
  const store = new Store();
  assert.equal(new Draft("c:1", store).save([["q", "4"]], 2), true);
  assert.deepEqual(new Draft("c:1", store).load(), { fields: [["q", "4"]], step: 2 });
  assert.equal(new Draft("c:2", store).load(), null);
});

test("sending forgets every version of one consultation and no other", () => {
  const store = new Store();
  for (const name of ["c:1", "c:2", "d:1"]) new Draft(name, store).save([], 0);
  store.set("of another page", "");
  forget("c", store);
  assert.deepEqual([...store.keys()], ["ydan:d:1", "of another page"]);
});

test("a phone that keeps nothing says so and works on", () => {
  const full = new Store();
  full.setItem = () => {
    throw new Error("quota");
  };
  assert.equal(new Draft("c:1", full).save([], 0), false);
  assert.equal(new Draft("c:1", null).save([], 0), false);
  assert.equal(new Draft("c:1", null).load(), null);
  forget("c", null);
});

test("a spoiled draft is no draft", () => {
  const store = new Store([["ydan:c:1", "{"]]);
  assert.equal(new Draft("c:1", store).load(), null);
});
