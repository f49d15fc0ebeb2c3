import { el } from "../dom.js";
import { putLabel } from "../texts.js";

const namespace = "http://www.w3.org/2000/svg";
const [width, height, points] = [240, 64, 60];

// A small chart of the last sixty values, with the last one in words beside it: `draw(values, text)`. Gaps are null.
export function chart(titleKey) {
    const svg = document.createElementNS(namespace, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("class", "chart");
    svg.setAttribute("role", "img");
    putLabel(svg, "aria-label", titleKey);
    const [area, curve] = ["area", "curve"].map((name) => {
        const path = document.createElementNS(namespace, "path");
        path.setAttribute("class", name);
        svg.append(path);
        return path;
    });
    const value = el("strong", { text: "–" });
    const element = el("figure", { class: "chart-box" }, el("figcaption", {}, el("span", { class: "soft", t: titleKey }), " ", value), svg);
    return {
        element,
        draw(values, text) {
            value.textContent = text;
            const shown = values.slice(-points);
            const top = Math.max(1e-9, ...shown.filter((each) => each !== null)) * 1.1;
            const x = (index) => ((index + points - shown.length) * width / (points - 1)).toFixed(1);
            const y = (number) => (height - 2 - (height - 6) * number / top).toFixed(1);
            const runs = split(shown);
            curve.setAttribute("d", runs.map((run) => run.map(([at, number], index) => `${index ? "L" : "M"}${x(at)} ${y(number)}`).join("") + (run.length === 1 ? "h.01" : "")).join(""));
            area.setAttribute("d", runs.map((run) => `M${x(run[0][0])} ${height}${run.map(([at, number]) => `L${x(at)} ${y(number)}`).join("")}L${x(run.at(-1)[0])} ${height}Z`).join(""));
        },
    };
}

// The values with their places, cut where one is missing.
function split(values) {
    const runs = [[]];
    for (const [index, value] of values.entries()) {
        if (value === null) runs.push([]);
        else runs.at(-1).push([index, value]);
    }
    return runs.filter((run) => run.length > 0);
}
