import { el } from "../dom.js";

let count = 0;

// A labelled choice for forms: `options` are pairs of a value and a text, `{t: key}` or `{text}`.
export function selectField(name, labelKey, options, { hint, value, ...attributes } = {}) {
    const choices = options.map(([each, text]) => el("option", { value: each, ...text, selected: String(value ?? "") === String(each) }));
    return labelled(name, labelKey, hint, (more) => el("select", { name, ...more, ...attributes }, ...choices));
}

// A labelled text of several lines.
export function textField(name, labelKey, { hint, value = "", ...attributes } = {}) {
    return labelled(name, labelKey, hint, (more) => el("textarea", { name, text: value, ...more, ...attributes }));
}

function labelled(name, labelKey, hint, make) {
    const id = `choice-${(count += 1)}-${name}`;
    const hintID = hint ? `${id}-hint` : undefined;
    return el(
        "div", { class: "field" }, el("label", { for: id, t: labelKey }),
        hint ? el("p", { id: hintID, class: "hint", t: hint }) : null,
        make({ id, "aria-describedby": hintID, "data-hint": hintID }));
}
