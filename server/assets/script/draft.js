// What was typed, kept on this phone until it is sent. Nothing of it leaves the phone.
const PREFIX = "ydan:";

export class Draft {
  /** name: consultation id and version. store: localStorage, or anything like it; null where the phone has none. */
  constructor(name, store) {
    this.key = PREFIX + name;
    this.store = store;
  }

  /** {fields: [[name, value]…], step} of earlier, or null. */
  load() {
    try {
      return JSON.parse(this.store?.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /** Whether it is kept now. */
  save(fields, step) {
    if (!this.store) return false;
    try {
      this.store.setItem(this.key, JSON.stringify({ fields, step }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    this.store?.removeItem(this.key);
  }
}

/** Forgets every draft of a consultation, whatever its version. */
export function forget(consultation, store) {
  if (!store) return;
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) if (key.startsWith(`${PREFIX}${consultation}:`)) store.removeItem(key);
}

/** The phone's storage; null where it is switched off. */
export function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
