import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../../server/assets/script/cascade.js";

const is = (name, value) => ({ "===": [{ var: name }, value] });
const question = (relevant, facts) => ({ relevant, facts: () => facts });

test("the answer to a question that is not asked opens nothing", () => {
  const sections = [
    { relevant: null, questions: [question(null, { a: 1 }), question(is("a", 2), { b: 1 })] },
    { relevant: null, questions: [question(is("b", 1), { c: 1 })] },
    { relevant: is("c", 1), questions: [question(null, {})] },
  ];
  assert.deepEqual(asked(sections), [
    { asked: true, questions: [true, false] },
    { asked: true, questions: [false] },
    { asked: false, questions: [false] },
  ]);
});

test("a section opens for the answer that its condition names", () => {
  const sections = [
    { relevant: null, questions: [question(null, { a: 2 })] },
    { relevant: is("a", 2), questions: [question(null, {})] },
  ];
  assert.deepEqual(asked(sections).map((section) => section.asked), [true, true]);
});
