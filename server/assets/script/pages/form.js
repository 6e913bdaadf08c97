import { Answering } from "../answering.js";

const main = document.querySelector("#main-content");
if (main.querySelector("[data-page]")) {
  document.documentElement.classList.add("scripted");
  new Answering(main);
}
