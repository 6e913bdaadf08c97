import { offer } from "../copy.js";

offer(document.querySelectorAll("[data-copy]"), document.querySelector("[data-said]"));
