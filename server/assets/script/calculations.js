// Numbers worked out from answers, as surveys/calculations.py does it.
import { holds } from "./conditions.js";

const OPERATORS = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  min: (one, other) => Math.min(one, other),
  max: (one, other) => Math.max(one, other),
};

/** The value of an expression whose conditions are guarded; undefined where an answer is missing or nothing finite comes out. */
export function calculated(expression, facts) {
  const value = valueOf(expression, facts);
  return Number.isFinite(value) ? value : undefined;
}

function valueOf(expression, facts) {
  if (typeof expression === "number") return expression;
  if (expression === null || typeof expression !== "object") return undefined;
  const [[operator, given]] = Object.entries(expression);
  if (operator === "var") return typeof facts[given] === "number" ? facts[given] : undefined;
  if (operator === "if") return valueOf(holds(given[0], facts) ? given[1] : given[2], facts);
  const values = given.map((part) => valueOf(part, facts));
  return values.some((value) => value === undefined) ? undefined : values.reduce(OPERATORS[operator]);
}
