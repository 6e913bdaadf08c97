// Tap in the order of importance; up and down to change it. The number fields below hold what is sent.
import { fill, make } from "../words.js";
import { button, changed, parts, sentences, voice } from "./live.js";

/** Ranks by option after a tap on one: the next free rank, or none any more and those behind move up. */
export function tapped(ranks, option, most) {
  const order = inOrder(ranks);
  if (ranks[option]) return numbered(order.filter((one) => one !== option));
  return order.length < most ? numbered([...order, option]) : ranks;
}

/** Ranks after moving one by a place: -1 is towards the first. */
export function moved(ranks, option, by) {
  const order = inOrder(ranks);
  const at = order.indexOf(option);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return ranks;
  [order[at], order[to]] = [order[to], order[at]];
  return numbered(order);
}

const inOrder = (ranks) => Object.keys(ranks).filter((option) => ranks[option]).sort((one, other) => ranks[one] - ranks[other]);
const numbered = (order) => Object.fromEntries(order.map((option, place) => [option, place + 1]));

export function ranking(root) {
  const words = sentences(root);
  const say = voice();
  const rows = parts(root, "[data-option]").map((element) => ({ element, option: element.dataset.option, select: element.querySelector("select") }));
  const most = rows[0].select.options.length - 1;
  let ranks = Object.fromEntries(rows.map(({ option, select }) => [option, Number(select.value)]));

  const set = (next, row, refused) => {
    if (next === ranks) return void (say.textContent = fill(refused, { n: most }));
    ranks = next;
    for (const { option, select } of rows) select.value = String(ranks[option] ?? "");
    draw();
    say.textContent = fill(ranks[row.option] ? words.ranked : words.unranked, { option: row.label, n: ranks[row.option], left: most - inOrder(ranks).length });
    changed(row.select);
  };
  const draw = () => {
    for (const row of rows) {
      const rank = ranks[row.option];
      row.number.textContent = rank || "";
      row.element.classList.toggle("is-ranked", Boolean(rank));
      row.tap.setAttribute("aria-label", fill(rank ? words.label : words.labelFree, { option: row.label, n: rank }));
      row.up.hidden = row.down.hidden = !rank;
    }
  };
  for (const row of rows) {
    const label = row.element.querySelector("label");
    row.label = label.textContent.trim();
    row.number = make("span", { class: "divide__rank", "aria-hidden": "true" });
    row.tap = button("", "divide__tap");
    row.tap.append(row.number, make("span", { text: row.label }));
    row.up = button("▲", "divide__step", { "aria-label": fill(words.up, { option: row.label }) });
    row.down = button("▼", "divide__step", { "aria-label": fill(words.down, { option: row.label }) });
    row.tap.addEventListener("click", () => set(tapped(ranks, row.option, most), row, words.full));
    row.up.addEventListener("click", () => set(moved(ranks, row.option, -1), row, words.top));
    row.down.addEventListener("click", () => set(moved(ranks, row.option, 1), row, words.bottom));
    label.hidden = row.select.hidden = true;
    row.element.append(row.tap, row.up, row.down);
  }
  root.previousElementSibling.textContent = fill(words.rule, { n: most });
  root.classList.add("divide--ranking");
  root.append(say);
  draw();
}
