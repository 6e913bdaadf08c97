// Who is asked what, as the page carries it: JSONLogic that guards its own types (surveys/guards.py), so both evaluators agree.
import logic from "json-logic-js";

/** Whether these facts satisfy the condition; null is no condition. */
export function holds(condition, facts) {
  return condition === null || logic.apply(condition, facts) === true;
}
