// Answers, a line of JSON for a line: what a page says is wrong with one question, in the server's sentences; or a number in words.
import { createInterface } from "node:readline";
import { wrong } from "../../server/assets/script/reasons.js";
import { numberWords } from "../../server/assets/script/saying.js";
import { fill } from "../../server/assets/script/words.js";
import { drawn } from "../assets/drawn.js";

function answer({ question, form, required, told, number, decimals, language }) {
  if (number !== undefined) return numberWords(number, decimals, language);
  return wrong(drawn(question, form), { required }).map(({ code, given, part }) => [code, part, fill(told[code] ?? "", given)]);
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
