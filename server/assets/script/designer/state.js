// What the author sees of saving: under way, done, or not yet. Nothing typed is lost when the network goes.

const RETRY_MS = 5000;

export class State {
  constructor(board) {
    this.board = board;
    this.dirty = false;
    this.sending = false;
    this.retry = 0;
  }

  get place() {
    return document.querySelector("#saved");
  }

  get form() {
    return document.querySelector("#part-form");
  }

  // From the first letter on: until it is sent, what stands here is not what is kept.
  typed() {
    this.dirty = true;
    this.busy();
  }

  busy() {
    this.place?.setAttribute("data-busy", this.board.dataset.saving);
  }

  // Sends what was typed now, where it waits for the next pause: before something else is opened.
  flush() {
    if (this.dirty && this.form) window.htmx.trigger(this.form, "save-now");
  }

  began() {
    this.sending = true;
    this.dirty = false;
    this.busy();
  }

  ended(successful) {
    this.sending = false;
    if (!successful || !this.dirty) this.place?.removeAttribute("data-busy");
    if (!successful) this.dirty = true;
  }

  lost() {
    this.say(this.board.dataset.lost);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), RETRY_MS);
  }

  refused() {
    this.say(this.board.dataset.refused);
  }

  say(words) {
    if (!this.place) return;
    const strong = document.createElement("strong");
    strong.className = "designer-state__wrong";
    strong.textContent = words;
    this.place.replaceChildren(strong);
  }
}
