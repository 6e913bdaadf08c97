// A file or photo: sent at once, with how far it is, so that the answer itself stays light. Sent again when the network is back.
import { numberWords } from "../saying.js";
import { fill, make } from "../words.js";
import { button, changed, sentences, voice } from "./live.js";

const MB = 1e6;

/** How large, in words: 340 KB, 1,2 MB. */
export const sizeWords = (bytes) => (bytes < MB ? `${numberWords(Math.max(1, Math.round(bytes / 1000)))} KB` : `${numberWords(bytes / MB, 1)} MB`);

/** Sends one file; `tell(fraction)` on the way. Gives {file}, or {problem} in the server's words, "" where there is no network. */
export function send(address, file, question, tell, make_request = () => new XMLHttpRequest()) {
  return new Promise((done) => {
    const request = make_request();
    const body = new FormData();
    body.append("question", question);
    body.append("file", file);
    request.open("POST", address);
    request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
    request.onerror = request.ontimeout = () => done({ problem: "" });
    request.onload = () => {
      const answer = read(request.responseText);
      done(request.status === 201 ? { file: answer.file } : { problem: `${answer.title ?? ""} ${answer.detail ?? ""}`.trim() });
    };
    request.send(body);
  });
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function file(root) {
  const words = sentences(root);
  const question = root.closest("[data-question]").dataset.question;
  const [id, input] = [root.querySelector("input[data-kept]"), root.querySelector("input[type=file]")];
  const say = voice("file__said");
  const bar = make("progress", { max: "1", "aria-label": words.progress });
  const drop = button(words.drop, "link");
  const again = button(words.again, "link");
  let waiting = null;

  const free = () => {
    delete root.dataset.busy;
    bar.hidden = true;
  };
  const draw = (told = "") => {
    say.textContent = told;
    drop.hidden = !id.value && !waiting;
    again.hidden = !waiting || "busy" in root.dataset;
    input.hidden = Boolean(id.value) || "busy" in root.dataset;
  };
  const go = async () => {
    const chosen = waiting;
    root.dataset.busy = "";
    bar.hidden = false;
    bar.removeAttribute("value");
    draw(fill(words.sending, { size: sizeWords(chosen.size) }));
    const { file: kept, problem } = await send(root.dataset.send, chosen, question, (part) => (bar.value = part));
    if (waiting !== chosen) return;
    free();
    if (kept) {
      id.value = kept;
      waiting = null;
      input.value = "";
    } else if (problem) waiting = null;
    draw(kept ? fill(words.sent, { name: chosen.name, size: sizeWords(chosen.size) }) : problem || words.offline);
    say.classList.toggle("is-wrong", !kept);
    changed(id);
    (kept ? drop : input).focus({ preventScroll: true });
  };
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    const [chosen] = input.files;
    if (!chosen) return;
    const most = Number(root.dataset.most);
    if (chosen.size > most * MB) {
      input.value = "";
      say.classList.add("is-wrong");
      draw(fill(words.large, { high: most }));
      return;
    }
    say.classList.remove("is-wrong");
    waiting = chosen;
    go();
  });
  drop.addEventListener("click", () => {
    id.value = "";
    waiting = null;
    input.value = "";
    say.classList.remove("is-wrong");
    free();
    draw(words.dropped);
    changed(id);
    input.focus({ preventScroll: true });
  });
  again.addEventListener("click", go);
  window.addEventListener("online", () => waiting && !("busy" in root.dataset) && go());
  const told = root.querySelector("[data-sent]")?.textContent ?? (id.value ? root.dataset.sent : "");
  root.querySelectorAll("[data-sent], [data-drop]").forEach((part) => part.remove());
  root.append(bar, say, again, drop);
  free();
  draw(told);
}
