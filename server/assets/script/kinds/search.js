// Names found by typing, with or without tones.

/** Lower case, no tones or hats, đ as d; as `fold` of surveys/language.py. */
export const fold = (text) => text.normalize("NFC").toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").split(/\s+/).filter(Boolean).join(" ");

const KIND = /^(thanh pho|tinh|phuong|xa|dac khu) /;

/** Entries {folded, …} that hold every word typed, those that begin so first; at most `most`. A comma is as good as a space. */
export function found(entries, typed, most) {
  const words = fold(typed).replaceAll(",", " ").split(" ").filter(Boolean);
  if (!words.length) return [];
  const start = words.join(" ");
  const scored = [];
  for (const entry of entries) {
    if (!words.every((word) => entry.folded.includes(word))) continue;
    const bare = entry.folded.replace(KIND, "");
    const score = entry.folded === start || bare === start ? 0 : bare.startsWith(start) || entry.folded.startsWith(start) ? 1 : 2;
    scored.push([score, entry]);
  }
  return scored.sort(([one], [other]) => one - other).slice(0, most).map(([, entry]) => entry);
}

/** Entries that are called just so. */
export function exact(entries, typed) {
  const wanted = fold(typed);
  return entries.filter(({ folded, label }) => fold(label) === wanted || folded === wanted || folded.replace(KIND, "") === wanted);
}

/** Units of /units.json as entries: provinces, or wards with their province. */
export function unitEntries({ provinces, wards }, level) {
  if (level === "province") return provinces.map(([code, name]) => ({ value: code, label: name, folded: fold(name) }));
  return wards.map(([code, name, place]) => {
    const label = `${name}, ${provinces[place][1]}`;
    return { value: code, label, folded: fold(label).replace(",", "") };
  });
}
