import { filter } from "../designer/finding.js";
import { inEditor, pastedList } from "../designer/keys.js";
import { byKey, draggable } from "../designer/moving.js";
import { State } from "../designer/state.js";

const board = document.querySelector("[data-designer]");
const state = new State(board);
const ours = (event) => event.detail.elt?.closest?.("#part-form");
const moving = board.querySelector("#editor #part-form, #outline form") !== null;

function dressed() {
  const outline = document.querySelector("#outline");
  const part = document.querySelector("#opened")?.dataset.part ?? "";
  for (const link of outline.querySelectorAll("a[data-part]")) {
    if (link.dataset.part === part) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const field of document.querySelectorAll("[data-open-part], #designer-bar [name=part]")) field.value = part;
  board.classList.toggle("designer--open", part !== "");
  if (moving) draggable(outline);
  for (const find of document.querySelectorAll("[data-find][hidden]")) find.hidden = false;
}

document.addEventListener("input", (event) => {
  if (event.target.closest("#part-form")) state.typed();
  if (event.target.id === "find-kind") filter(event.target.closest("form"), event.target.value);
});
document.addEventListener("keydown", (event) => {
  if (event.target.id === "find-kind" && event.key === "Enter") {
    event.preventDefault();
    event.target.closest("form").querySelector("fieldset:not([hidden]) button:not([hidden])")?.click();
    return;
  }
  if (!byKey(event)) inEditor(event);
});
document.addEventListener("paste", pastedList);
document.addEventListener("toggle", (event) => {
  if (event.target.id === "starts" && event.target.open && event.target.contains(document.activeElement)) event.target.querySelector("#find-kind")?.focus();
}, true);

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (ours(event)) state.began();
  else if (event.detail.target?.id === "editor") state.flush();
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (ours(event) || event.detail.elt?.id === "part-form") state.ended(event.detail.successful || [409, 422].includes(event.detail.xhr?.status));
});
document.body.addEventListener("htmx:sendError", () => state.lost());
document.body.addEventListener("htmx:timeout", () => state.lost());
document.body.addEventListener("htmx:responseError", (event) => {
  if (ours(event)) state.refused();
});

// What was typed while an answer was on its way that draws the editor anew is put back, and saved after it.
let typing = null;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const field = document.activeElement;
  typing = state.dirty && field?.id && field.closest("#part-form") && event.detail.target?.id === "editor" && ours(event) ? { id: field.id, value: field.value } : null;
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  dressed();
  if (event.detail.target?.id === "editor") document.getElementById(document.querySelector("#opened")?.dataset.focus)?.focus();
  const field = typing && event.detail.target?.id === "editor" && document.getElementById(typing.id);
  if (field && "value" in field && field.value !== typing.value) {
    field.value = typing.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  typing = null;
});
document.body.addEventListener("htmx:oobAfterSwap", dressed);
window.addEventListener("beforeunload", (event) => {
  state.flush();
  if (state.dirty) event.preventDefault();
});
dressed();
