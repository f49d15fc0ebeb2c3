import { el } from "../dom.js";

// What people wrote, without the marks that turn the order of what follows (Unicode, section 9.5.1 of UAX 9's list).
export const harmless = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

// Such a text as an element that keeps its direction to itself.
export const words = (tag, text, attributes = {}) => el(tag, { ...attributes, dir: "auto", text: harmless(text) });

// A length of time: `el("span", duration(150))`.
export function duration(minutes) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (rest === 0) return { t: "time.hours", values: { hours } };
    return hours === 0 ? { t: "time.minutes", values: { minutes: rest } } : { t: "time.both", values: { hours, minutes: rest } };
}
