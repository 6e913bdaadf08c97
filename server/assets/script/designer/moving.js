// Questions moved in the list: by Alt and an arrow, or dragged. Both send what the buttons beside the question send.
import Sortable from "sortablejs";

export function send(address, values) {
  const token = document.querySelector("[name=_csrf_token]")?.value;
  const version = document.querySelector("#seen")?.value;
  const part = document.querySelector("[data-open-part]")?.value ?? "";
  return window.htmx.ajax("POST", `${address}/place`, { target: "#outline", swap: "innerHTML", values: { ...values, part, version, _csrf_token: token } });
}

export function byKey(event) {
  const link = event.target.closest?.(".designer-outline__row a");
  if (!link || !event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return false;
  event.preventDefault();
  send(link.getAttribute("href"), { do: event.key === "ArrowUp" ? "up" : "down" });
  return true;
}

export function draggable(outline) {
  for (const list of outline.querySelectorAll(".designer-outline__list")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: "questions",
      draggable: "[data-question-row]",
      delay: 200,
      delayOnTouchOnly: true,
      onEnd: ({ item, to, from, newDraggableIndex, oldDraggableIndex }) => {
        if (to === from && newDraggableIndex === oldDraggableIndex) return;
        send(item.querySelector("a").getAttribute("href"), { do: "put", section: to.dataset.section, at: newDraggableIndex });
      },
    });
  }
}
