// Finds a kind of question in the menu by a part of its name, with or without tones.

export function fold(text) {
  return text.normalize("NFD").toLowerCase().replaceAll("đ", "d").replace(/\p{M}/gu, "").trim();
}

export function matches(name, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const folded = fold(name);
  return words.every((word) => folded.includes(word));
}

export function filter(menu, typed) {
  let found = 0;
  for (const group of menu.querySelectorAll("fieldset")) {
    let here = 0;
    for (const button of group.querySelectorAll("button")) {
      button.hidden = !matches(`${button.textContent} ${button.value}`, typed);
      here += button.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    found += here;
  }
  const told = menu.querySelector("[data-found]");
  if (told) told.textContent = typed ? told.dataset.found.replace("{n}", String(found)) : "";
  return found;
}
