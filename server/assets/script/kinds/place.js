// A point on a picture: tapped, or moved by the arrow keys. The two number fields hold what is sent.
import { degrees } from "../reading.js";
import { numberWords } from "../saying.js";
import { fill, make } from "../words.js";
import { button, changed, sentences, voice } from "./live.js";

const STEP = 0.02;
const LEAP = 0.1;
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const between = (value) => Math.min(1, Math.max(0, value));
const rounded = (value) => Math.floor(value * 1e6 + 0.5) / 1e6;

/** The fractions [down, right] of a point, and back. frame: south, west, north, east. */
export const onPicture = ([lat, lon], [south, west, north, east], geographic) => [
  between(geographic ? (north - lat) / (north - south) : lat),
  between((lon - west) / (east - west)),
];
export const onEarth = ([down, right], [south, west, north, east], geographic) => [
  rounded(geographic ? north - down * (north - south) : down),
  rounded(west + right * (east - west)),
];

export function place(root) {
  const words = sentences(root);
  const { frame } = JSON.parse(root.closest("[data-question]").dataset.limits);
  const geographic = "degrees" in root.dataset;
  const [lat, lon] = ["lat", "lon"].map((part) => [...root.querySelectorAll("input")].find((input) => input.name.endsWith(`/${part}`)));
  const say = voice("place__said");
  const moves = make("div", { class: "place__moves" });
  const point = () => [degrees(lat.value), degrees(lon.value)];
  const write = (value) => (document.documentElement.lang === "en" ? String(value) : String(value).replace(".", ","));
  const set = (there) => {
    [lat.value, lon.value] = there ? there.map(write) : ["", ""];
    changed(lon);
  };
  const map = root.querySelector("[data-map]");
  const pad = map && onMap(map);

  function onMap(box) {
    const image = box.querySelector("img");
    const mark = make("span", { class: "place__mark", "aria-hidden": "true" });
    const pad = button("", "place__pad", { "aria-label": words.pad });
    image.replaceWith(pad);
    pad.append(image, mark);
    pad.addEventListener("click", (event) => {
      const { left, top, width, height } = image.getBoundingClientRect();
      const tapped = event.detail > 0;
      set(onEarth(tapped ? [between((event.clientY - top) / height), between((event.clientX - left) / width)] : [0.5, 0.5], frame, geographic));
    });
    pad.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      const now = point().includes(undefined) ? [0.5, 0.5] : onPicture(point(), frame, geographic);
      const by = event.shiftKey ? LEAP : STEP;
      set(onEarth([between(now[0] + move[0] * by), between(now[1] + move[1] * by)], frame, geographic));
    });
    return { pad, mark };
  }

  const draw = () => {
    const [down, right] = point();
    const there = down !== undefined && right !== undefined;
    if (pad) {
      const [y, x] = there ? onPicture([down, right], frame, geographic) : [0, 0];
      pad.mark.hidden = !there;
      pad.mark.style.top = `${y * 100}%`;
      pad.mark.style.left = `${x * 100}%`;
      say.textContent = there ? fill(words.at, { down: numberWords(Math.round(y * 100)), right: numberWords(Math.round(x * 100)) }) : words.hint;
    } else say.textContent = "";
    clear.hidden = !there;
  };
  const clear = button(words.clear, "link");
  clear.addEventListener("click", () => set(null));
  if (geographic && navigator.geolocation) moves.append(here(set, say, words));
  moves.append(clear);
  if (map) {
    const numbers = root.querySelector("[data-numbers]");
    const details = make("details", { class: "govuk-details" }, summary(words.numbers));
    numbers.replaceWith(details);
    details.append(numbers);
  }
  if (map) map.after(say, moves);
  else root.append(say, moves);
  root.addEventListener("input", draw);
  draw();
}

const summary = (text) => make("summary", { class: "govuk-details__summary" }, make("span", { class: "govuk-details__summary-text", text }));

/** Where the phone is: asked only when this is tapped. */
function here(set, say, words) {
  const ask = button(words.here, "govuk-button govuk-button--secondary place__here");
  ask.addEventListener("click", () => {
    say.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set([rounded(coords.latitude), rounded(coords.longitude)]);
        say.textContent = words.found;
      },
      () => (say.textContent = words.refused),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
  return ask;
}
