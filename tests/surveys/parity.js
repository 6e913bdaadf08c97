// Answers, a line of JSON for a line: which questions a page asks, and what it then knows, of a questionnaire and what was typed into its form.
import { createInterface } from "node:readline";
import { asked } from "../../server/assets/script/cascade.js";
import { facts } from "../../server/assets/script/facts.js";
import { drawn } from "../assets/drawn.js";

function answer({ sections, form }) {
  const known = {};
  const shown = asked(
    sections.map(({ relevant, questions }) => ({
      relevant,
      questions: questions.map((question) => ({ relevant: question.relevant, facts: (before) => facts(drawn(question, form), before) })),
    })),
    known,
  );
  const names = sections.flatMap(({ questions }, at) => questions.filter((_, place) => shown[at].questions[place]).map(({ name }) => name));
  return { shown: names, known };
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
