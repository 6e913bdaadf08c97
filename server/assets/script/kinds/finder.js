// A field that finds: a ward of the country, an option of a long list. The list is fetched when somebody comes to the field.
import { chip } from "../chips.js";
import { holds } from "../conditions.js";
import { fill, make } from "../words.js";
import { changed, sentences, voice } from "./live.js";
import { exact, fold, found, unitEntries } from "./search.js";

const MOST = 8;
const lists = new Map();

/** The list at this address, fetched once; tried again after a failure. */
function list(address, fetcher = fetch) {
  if (!lists.has(address)) {
    const fetched = fetcher(address, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
    fetched.catch(() => lists.delete(address));
    lists.set(address, fetched);
  }
  return lists.get(address);
}

export function finder(root, known) {
  const unit = "level" in root.dataset;
  const question = root.closest("[data-question]").dataset.question;
  const words = sentences(root);
  let input = root.querySelector("textarea, input[type=text]");
  if (input.tagName === "TEXTAREA") input.replaceWith((input = plain(input)));
  const code = root.querySelector("input[data-kept]");
  const say = voice();
  const options = make("ul", { class: "finder__list", role: "listbox", id: `${input.id}-list`, "aria-label": words.list });
  options.hidden = true;
  let entries = [];
  let shown = [];
  let at = -1;

  const load = async () => {
    try {
      const fetched = await list(address(root));
      entries = unit ? unitEntries(fetched, root.dataset.level) : optionEntries(fetched);
      root.dataset.loaded = "";
    } catch {
      say.textContent = words.offline;
    }
  };
  const offered = () => entries.filter((entry) => holds(entry.relevant ?? null, known()));
  const close = () => {
    options.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    shown = found(offered(), input.value, MOST);
    options.replaceChildren(...shown.map((entry, place) => item(entry, place)));
    options.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!options.hidden));
    say.textContent = input.value.trim() && "loaded" in root.dataset ? fill(shown.length ? words.some : words.none, { n: shown.length }) : "";
    at = -1;
  };
  const item = (entry, place) => {
    const row = make("li", { role: "option", id: `${input.id}-${place}`, "aria-selected": "false", text: entry.label });
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => pick(entry));
    return row;
  };
  const highlight = (to) => {
    if (!shown.length) return;
    at = (to + shown.length) % shown.length;
    [...options.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    options.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options.children[at].id);
  };
  const pick = (entry) => {
    close();
    if (unit) {
      input.value = entry.label;
      code.value = entry.value;
      changed(code);
      if (root.dataset.level === "village") villages(root, code, words);
    } else {
      const chosen = chip(input.form, [question, entry.value, entry.label]);
      input.value = "";
      chosen.checked = true;
      changed(chosen);
    }
    say.textContent = fill(words.picked, { label: entry.label });
  };

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": options.id })) {
    input.setAttribute(name, value);
  }
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", async (event) => {
    if (!event.isTrusted && !input.matches(":focus")) return;
    if (unit && code.value) {
      code.value = "";
      root.querySelector("[data-villages]")?.remove();
    }
    if (!("loaded" in root.dataset)) await load();
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      highlight(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter" && !options.hidden) {
      event.preventDefault();
      pick(shown[Math.max(at, 0)]);
    } else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", () => {
    const only = input.value.trim() && !(unit && code.value) ? exact(offered(), input.value) : [];
    if (only.length === 1) pick(only[0]);
    close();
  });
  root.querySelector(".govuk-hint").textContent = words.hint;
  input.after(options, say);
  if (unit && root.dataset.level === "village" && code.value) villages(root, code, words);
}

const address = ({ dataset }) => (dataset.within ? `${dataset.finder}?within=${dataset.within}` : dataset.finder);

/** One line instead of several: what is chosen stands above it. */
function plain(area) {
  const input = make("input", { class: "govuk-input", type: "text", autocomplete: "off", id: area.id, name: area.name, "aria-describedby": area.getAttribute("aria-describedby") });
  input.value = area.value.trim();
  return input;
}

function optionEntries({ conditions, options }) {
  return options.map(([value, label, condition]) => ({ value, label, folded: fold(label), relevant: condition === undefined ? null : conditions[condition] }));
}

/** The villages of the ward that was chosen, where they are known. */
async function villages(root, code, words) {
  const ward = code.value.split("/")[0];
  const { villages: known } = await list(`/units/${ward}/villages.json`).catch(() => ({ villages: [] }));
  root.querySelector("[data-villages]")?.remove();
  if (!known.length || code.value.split("/")[0] !== ward) return;
  const id = `${code.name.replace("/", "-")}-villages`;
  const select = make("select", { class: "govuk-select", id }, make("option", { value: ward, text: words.noVillage }));
  select.append(...known.map(([village, name]) => make("option", { value: `${ward}/${village}`, text: name })));
  select.value = code.value;
  select.addEventListener("change", () => {
    code.value = select.value;
    changed(code);
  });
  root.append(make("div", { class: "finder__villages", "data-villages": "" }, make("label", { class: "govuk-label", for: id, text: words.village }), select));
}
