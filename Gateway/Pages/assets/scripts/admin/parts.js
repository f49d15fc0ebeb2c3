import { el } from "../dom.js";
import { timeElement } from "../texts.js";

// A card with a heading; `id` names the place inside it.
export function card(title, ...content) {
    return el("section", { class: "card" }, el("h2", { t: title }), ...content);
}

// A list of what something is: pairs of a text's key and what stands behind it, those without value left out.
export function facts(...pairs) {
    const shown = pairs.filter(([, value]) => value !== null && value !== undefined);
    return el("dl", { class: "facts" }, ...shown.map(([t, value]) => [el("dt", { t }), el("dd", {}, value)]));
}

// Words that are no language's: an id, a name, a hash.
export const code = (text) => el("code", { class: "code", translate: "no", text });

export const when = (instant, style = "moment") => (instant ? timeElement(instant, style) : "–");

let count = 0;

// A choice among values, each with the key of its text; an empty value is not sent.
export function choice(name, labelKey, options, chosen = "") {
    const id = `choice-${(count += 1)}-${name}`;
    const items = options.map(([value, t]) => el("option", { value, t, text: t ? undefined : value, selected: value === chosen }));
    return el("div", { class: "field" }, el("label", { for: id, t: labelKey }), el("select", { id, name }, ...items));
}

// When a UUID of version 7 was made.
export const madeAt = (id) => new Date(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toISOString();
