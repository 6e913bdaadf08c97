import assert from "node:assert/strict";
import { test } from "node:test";
import { newKey, post } from "../../server/assets/script/send.js";
import { fill } from "../../server/assets/script/words.js";

const answering = (text) => async () => ({ text: async () => text });

test("a page of ours is given whatever its status", async () => {
  assert.equal(await post("/x", [], answering('<div data-page="check">')), '<div data-page="check">');
});

test("without a network it says offline", async () => {
  const broken = async () => {
    throw new TypeError("network");
  };
  assert.equal(await post("/x", [], broken), "offline");
});

test("what is no page of ours is a busy server, not an answer", async () => {
  assert.equal(await post("/x", [], answering("<h1>502 Bad Gateway</h1>")), "busy");
});

test("every field is sent once, without cookies", async () => {
  let seen;
  await post("/x", [["q", "đ"], ["q", "e"]], async (address, request) => {
    seen = [address, request.method, request.credentials, String(request.body)];
    return { text: async () => "" };
  });
  assert.deepEqual(seen, ["/x", "POST", "omit", "q=%C4%91&q=e"]);
});

test("keys are what the server takes, and never the same", () => {
  const keys = Array.from({ length: 50 }, () => newKey());
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
  assert.equal(new Set(keys).size, 50);
});

test("sentences are filled in; an unknown place stays", () => {
  assert.equal(fill("Phần {n} trên {all}", { n: 2, all: 5 }), "Phần 2 trên 5");
  assert.equal(fill("{x}", {}), "{x}");
});
