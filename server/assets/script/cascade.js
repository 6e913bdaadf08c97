// The order of asking: a question that is not asked is no fact for those after it.
import { holds } from "./conditions.js";

/**
 * Which sections and questions are asked. sections: [{relevant, questions: [{relevant, facts(known)}]}]
 * Gives the same shape in booleans, [{asked, questions: [asked]}]; `known` is filled with all facts on the way.
 */
export function asked(sections, known = {}) {
  return sections.map((section) => {
    const open = holds(section.relevant, known);
    const questions = section.questions.map((question) => {
      const shown = open && holds(question.relevant, known);
      if (shown) Object.assign(known, question.facts(known));
      return shown;
    });
    return { asked: open, questions };
  });
}
