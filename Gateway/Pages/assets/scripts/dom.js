import { put, putLabel } from "./texts.js";

// Makes an element. `t` is the key of its text and `values` what the text names; `label` the key of its aria-label;
// `on` its listeners; `class`, `text` and every other name is what it says. Strings are never taken for HTML.
export function el(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    const { t, values, label, on = {}, text, ...attributes } = properties;
    for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
    for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
    if (text !== undefined) element.textContent = text;
    if (t) put(element, t, values);
    if (label) putLabel(element, "aria-label", label, values);
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

function setAttribute(element, name, value) {
    if (value === false || value === null || value === undefined) return;
    element.setAttribute(name, value === true ? "" : value);
}

// A button that does `action` and cannot be pressed again meanwhile; what goes wrong goes to `failed`.
export function button(t, action, { kind = "", label, values, failed } = {}) {
    const element = el("button", { type: "button", class: `button ${kind}`.trim(), t, label, values });
    element.addEventListener("click", () => whileBusy(element, () => action(element), failed));
    return element;
}

// Runs `action` once at a time, with the button showing that it is at work.
export async function whileBusy(element, action, failed) {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    try {
        await action();
    } catch (problem) {
        if (failed) failed(problem);
        else (await import("./toast.js")).toastProblem(problem);
    } finally {
        element.removeAttribute("aria-busy");
    }
}

// An icon of the set, drawn in the colour of the text around it; it says nothing to a screen reader.
export function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", icons[name]);
    svg.append(path);
    return svg;
}

const icons = {
    menu: "M4 7h16M4 12h16M4 17h16",
    sun: "M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z",
    moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
    copy: "M9 9h11v11H9zM5 15H4V4h11v1",
    check: "m5 12.5 4.5 4.5L19 7.5",
    eye: "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Zm13 0a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
    cross: "m6 6 12 12M18 6 6 18",
    bell: "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 21h4",
    print: "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
};
