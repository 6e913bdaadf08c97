import assert from "node:assert/strict";
import { test } from "node:test";
import { send, sizeWords } from "../../server/assets/script/kinds/file.js";
import { onEarth, onPicture } from "../../server/assets/script/kinds/place.js";
import { stepOf, stepped } from "../../server/assets/script/kinds/points.js";
import { moved, tapped } from "../../server/assets/script/kinds/ranking.js";
import { exact, fold, found, unitEntries } from "../../server/assets/script/kinds/search.js";

test("taps give ranks in their order, a second tap takes one out and closes the gap", () => {
  const one = tapped({}, "b", 3);
  const two = tapped(one, "a", 3);
  const three = tapped(two, "c", 3);
  assert.deepEqual(three, { b: 1, a: 2, c: 3 });
  assert.deepEqual(tapped(three, "b", 3), { a: 1, c: 2 });
});

test("no more are ranked than are wanted", () => {
  const full = { a: 1, b: 2 };
  assert.equal(tapped(full, "c", 2), full);
});

test("up and down change places with the neighbour, and stop at both ends", () => {
  const ranks = { a: 1, b: 2, c: 3 };
  assert.deepEqual(moved(ranks, "c", -1), { a: 1, c: 2, b: 3 });
  assert.equal(moved(ranks, "a", -1), ranks);
  assert.equal(moved(ranks, "c", 1), ranks);
  assert.equal(moved(ranks, "unranked", 1), ranks);
});

test("steps of points never go below nothing or beyond what is left", () => {
  assert.deepEqual([stepOf(100), stepOf(10), stepOf(1)], [5, 1, 1]);
  assert.deepEqual([stepped(10, 5, 90), stepped(95, 5, 3), stepped(3, -5, 90), stepped(50, 5, -10)], [15, 98, 0, 50]);
});

test("names are folded as the server folds them", () => {
  assert.equal(fold("  Thành phố  Đà Nẵng "), "thanh pho da nang");
  assert.equal(fold("Đắk Lắk".normalize("NFD")), "dak lak");
});

const UNITS = { provinces: [["48", "Thành phố Đà Nẵng"], ["96", "Tỉnh Cà Mau"]], wards: [["1", "Phường Tân An", 0], ["2", "Xã Tân An", 1], ["3", "Xã An Tân", 1]] };

test("a ward is found without tones, with its province behind it, the closest first", () => {
  const wards = unitEntries(UNITS, "ward");
  assert.deepEqual(found(wards, "tan an", 8).map(({ value }) => value), ["1", "2", "3"]);
  assert.deepEqual(found(wards, "tân an, cà mau", 8).map(({ value }) => value), ["2", "3"]);
  assert.deepEqual(found(wards, "", 8), []);
  assert.equal(found(wards, "an", 1).length, 1);
});

test("a whole name that only one bears is taken as chosen", () => {
  const wards = unitEntries(UNITS, "ward");
  assert.deepEqual(exact(wards, "xa tan an, tinh ca mau").map(({ value }) => value), ["2"]);
  assert.deepEqual(exact(unitEntries(UNITS, "province"), "đà nẵng").map(({ value }) => value), ["48"]);
});

test("a point on a picture is a point on earth and back", () => {
  const frame = [15.9, 108.1, 16.1, 108.3];
  assert.deepEqual(onEarth([0.25, 0.5], frame, true), [16.05, 108.2]);
  assert.deepEqual(onPicture([16.05, 108.2], frame, true).map((part) => Math.round(part * 1e6) / 1e6), [0.25, 0.5]);
  assert.deepEqual(onEarth([0.25, 0.5], [0, 0, 1, 1], false), [0.25, 0.5]);
});

class Wire {
  constructor(status, text) {
    Object.assign(this, { status, responseText: text, upload: {} });
  }
  open = (method, address) => (this.asked = [method, address]);
  send = () => (this.status ? this.onload() : this.onerror());
}

test("a file that was sent has an id; a refusal has the server's words; no network has none", async () => {
  const sent = (status, text) => send("/files", new Blob(["x"]), "q", () => {}, () => new Wire(status, text));
  assert.deepEqual(await sent(201, '{"file": "ab"}'), { file: "ab" });
  assert.deepEqual(await sent(422, '{"title": "Tệp hỏng.", "detail": "Chọn tệp khác."}'), { problem: "Tệp hỏng. Chọn tệp khác." });
  assert.deepEqual(await sent(502, "<h1>Bad Gateway</h1>"), { problem: "" });
  assert.deepEqual(await sent(0, ""), { problem: "" });
});

test("sizes are said as people read them", () => {
  assert.deepEqual([sizeWords(340_000), sizeWords(1_240_000), sizeWords(10)], ["340 KB", "1,2 MB", "1 KB"]);
});
