import { el } from "../dom.js";

// A text of the contract, with what stands between grave accents as code. `tag` is the element around it.
export function prose(text, tag = "p", attributes = {}) {
    const parts = (text ?? "").split("`").map((part, index) => (index % 2 === 1 ? el("code", { class: "code", text: part }) : part));
    return el(tag, { lang: "en", ...attributes }, ...parts);
}
