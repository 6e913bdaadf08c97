// How what was typed is read: as surveys/reading.py reads it, letter for letter, so that page and server agree on every fact.
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const EDGES = new RegExp(`^${SPACE}|${SPACE}$`, "gu");
const UNSEEN = /[^\P{Cc}\n\t]|\p{Cs}/gu;

const INTEGER = /^([-+]?[0-9]+|[-+]?[0-9]{1,3}(\.[0-9]{3})+)$/;
const DECIMAL = /^[-+]?[0-9]+([.,][0-9]+)?$/;
const DEGREES = /^[-+]?[0-9]{1,3}([.,][0-9]{1,15})?$/;
const WRITTEN_DAY = /^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$/;
const ISO_DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const HOUR = /^([0-9]{1,2}) ?(?:[:.h]|giờ) ?([0-9]{2})?(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?(?:phút|p))?$/iu;
const MOST_DIGITS = 20;
const LARGEST = 2 ** 53;

export const strip = (text) => text.replace(EDGES, "");

/** Composed letters, plain line ends, nothing that cannot be seen. */
export const clean = (text) => strip(text.replace(/\r\n?/g, "\n").normalize("NFC").replace(UNSEEN, ""));

/** Own words of at most so many characters; undefined where there are none, or more. */
export function words(text, longest) {
  const said = clean(text);
  return said && [...said].length <= longest ? said : undefined;
}

/** The value where it lies within its limits. */
export const within = (value, { low, high }) => (value === undefined || value < (low ?? value) || value > (high ?? value) ? undefined : value);

export function integer(text) {
  const typed = strip(text);
  const number = INTEGER.test(typed) && typed.length <= MOST_DIGITS ? Number(typed.replaceAll(".", "")) : NaN;
  return Math.abs(number) <= LARGEST ? number : undefined;
}

export function decimal(text) {
  const typed = strip(text);
  const number = DECIMAL.test(typed) ? Number(typed.replace(",", ".")) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** To six decimals. */
export function degrees(text) {
  const typed = strip(text);
  const number = DEGREES.test(typed) ? Number(typed.replace(",", ".")) : NaN;
  return Math.abs(number) <= 360 ? Math.floor(number * 1e6 + 0.5) / 1e6 : undefined;
}

export function day(text) {
  const typed = strip(text);
  const written = WRITTEN_DAY.exec(typed);
  const [year, month, date] = written ? [written[3], written[2], written[1]].map(Number) : (ISO_DAY.exec(typed)?.slice(1).map(Number) ?? []);
  if (!year) return undefined;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  const real = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
  return real ? moment.toISOString().slice(0, 10) : undefined;
}

export function time(text) {
  const [, hour, minute = "0"] = HOUR.exec(strip(text)) ?? [];
  const real = hour !== undefined && Number(hour) < 24 && Number(minute) < 60;
  return real ? `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` : undefined;
}
