// The kinds that are more than fields, brought to life on the page of a form. Without this they are fields that the server reads.
import { file } from "../kinds/file.js";
import { finder } from "../kinds/finder.js";
import { place } from "../kinds/place.js";
import { points } from "../kinds/points.js";
import { ranking } from "../kinds/ranking.js";

const KINDS = { "[data-ranking]": ranking, "[data-points]": points, "[data-finder]": finder, "[data-place]": place, "[data-file]": file };

/** known(): the facts as they are now. */
export function enliven(form, known) {
  for (const [selector, bring] of Object.entries(KINDS)) form.querySelectorAll(selector).forEach((root) => bring(root, known));
}
