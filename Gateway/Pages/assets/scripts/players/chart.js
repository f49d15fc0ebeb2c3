import { el } from "../dom.js";

const most = { games: 35, skill: 25, availability: 25, preferences: 15 };
const space = "http://www.w3.org/2000/svg";

function shape(tag, attributes) {
    const element = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
}

// The four parts of a score: each with its name, its points of how many, and a bar as long as both.
export function breakdownChart(breakdown) {
    const parts = Object.entries(most).map(([part, all]) => {
        const bar = shape("svg", { viewBox: "0 0 35 4", class: "bar", "aria-hidden": "true", preserveAspectRatio: "none" });
        bar.append(shape("rect", { width: all, height: 4, class: "bar-all" }), shape("rect", { width: breakdown[part], height: 4, class: "bar-part" }));
        return [el("dt", { t: `score.${part}` }), el("dd", {}, bar, el("span", { class: "points", t: "score.points", values: { points: breakdown[part], all } }))];
    });
    return el("dl", { class: "breakdown" }, ...parts);
}

// The whole score as a ring with its number in it.
export function scoreRing(score) {
    const ring = shape("svg", { viewBox: "0 0 40 40", class: "ring", "aria-hidden": "true" });
    const line = { cx: 20, cy: 20, r: 17, pathLength: 100 };
    ring.append(shape("circle", { ...line, class: "ring-all" }), shape("circle", { ...line, class: "ring-part", "stroke-dasharray": `${score} 100`, transform: "rotate(-90 20 20)" }));
    return el("p", { class: "score" }, ring, el("strong", { "aria-hidden": "true", text: String(score) }), el("span", { class: "unseen", t: "score.whole", values: { score } }));
}
