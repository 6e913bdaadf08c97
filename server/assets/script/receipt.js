// The receipt in the hand: copy it, hand it to another app, and leave nothing on this phone.
import { forget } from "./draft.js";

export function receipt(page, store) {
  forget(page.dataset.clear, store);
  const code = page.querySelector("[data-code]")?.dataset.code;
  const state = page.querySelector("[data-state]");
  state.textContent = state.dataset.cleared;
  if (!code) return;
  const moves = page.querySelector("[data-receipt-moves]");
  const copy = moves.querySelector("[data-copy]");
  const share = moves.querySelector("[data-share]");
  copy.hidden = !navigator.clipboard;
  share.hidden = !navigator.share;
  moves.hidden = copy.hidden && share.hidden;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    copy.textContent = copy.dataset.done;
  });
  share.addEventListener("click", () => navigator.share({ title: share.dataset.share, text: code }).catch((error) => error.name));
}
