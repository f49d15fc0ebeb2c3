import { button, el } from "../dom.js";
import { language, put } from "../texts.js";
import { cellsOf, clock, days, mostWindows, slots, windowsOf } from "./windows.js";
import { duration } from "./words.js";

// A week of half hours to be painted by mouse, finger or keyboard. Gives {element, windows(), set(windows), tooMany()}.
export function weekGrid(changed) {
    let cells = cellsOf([]);
    let given = [];
    let focused = 40;
    const boxes = cells.map((_, at) => el("div", { role: "gridcell", class: "slot", tabindex: "-1", "data-at": at, "data-hour": at % 2 ? "" : String((at % slots) / 2) }));
    const names = days.map(() => el("span", { role: "rowheader", class: "day" }));
    const rows = days.map((_, day) => el("div", { role: "row", class: "week-row" }, names[day], el("div", { role: "presentation", class: "slots" }, ...boxes.slice(day * slots, (day + 1) * slots))));
    const grid = el("div", { role: "grid", class: "week", label: "profile.week", "aria-multiselectable": "true" }, ...rows);
    const sum = el("p", { class: "soft", "aria-live": "polite" });
    const presets = [["profile.evenings", evenings], ["profile.weekends", weekends], ["profile.clear", () => false]]
        .map(([t, isWanted]) => button(t, () => change(cells.map((cell, at) => (t === "profile.clear" ? false : cell || isWanted(at)))), { kind: "small" }));

    function draw() {
        for (const [at, box] of boxes.entries()) {
            box.setAttribute("aria-selected", String(cells[at]));
            box.tabIndex = at === focused ? 0 : -1;
        }
        const count = cells.filter(Boolean).length;
        put(sum, "profile.weekSum", { count: windowsOf(cells).length });
        sum.prepend(el("strong", duration(count * 30)), " · ");
        sum.classList.toggle("fault", windowsOf(cells).length > mostWindows);
    }

    function name() {
        const weekday = new Intl.DateTimeFormat(language(), { weekday: "long", timeZone: "UTC" });
        const title = (day) => weekday.format(new Date(Date.UTC(2024, 0, 1 + day)));
        names.forEach((box, day) => (box.textContent = title(day)));
        boxes.forEach((box, at) => box.setAttribute("aria-label", `${title(Math.floor(at / slots))} ${clock(at % slots)}`));
        draw();
    }

    function change(next) {
        cells = next;
        given = null;
        draw();
        changed?.();
    }

    // The half hours between two corners, as they were before, but for these.
    function paint(before, from, to, value) {
        const [top, bottom] = [from, to].map((at) => Math.floor(at / slots)).sort((a, b) => a - b);
        const [left, right] = [from, to].map((at) => at % slots).sort((a, b) => a - b);
        change(before.map((cell, at) => {
            const [day, slot] = [Math.floor(at / slots), at % slots];
            return day >= top && day <= bottom && slot >= left && slot <= right ? value : cell;
        }));
    }

    const at = (target) => Number(target?.closest?.(".slot")?.dataset.at ?? -1);
    handlePointer(grid, { at, start: (from) => ({ from, before: [...cells], known: given, value: !cells[from] }), paint, back: (stroke) => {
        cells = stroke.before;
        given = stroke.known;
        draw();
    }, focus });

    function focus(next) {
        focused = next;
        draw();
        boxes[next].focus({ preventScroll: false });
    }

    let anchor = null;
    grid.addEventListener("keydown", (event) => {
        const from = at(event.target);
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -slots, ArrowDown: slots, Home: -(from % slots), End: slots - 1 - (from % slots) }[event.key];
        if (event.key === " " || event.key === "Enter") {
            event.preventDefault();
            return paint([...cells], from, from, !cells[from]);
        }
        const to = from + step;
        if (from < 0 || step === undefined || to < 0 || to >= cells.length) return;
        event.preventDefault();
        if (event.shiftKey) anchor ??= { from, before: [...cells] };
        else anchor = null;
        if (anchor) paint(anchor.before, anchor.from, to, true);
        focus(to);
    });
    document.addEventListener("language", name);
    name();
    return {
        element: el("div", { class: "week-box" }, el("div", { class: "actions presets" }, ...presets), grid, sum),
        windows: () => given ?? windowsOf(cells),
        tooMany: () => windowsOf(cells).length > mostWindows,
        set(windows) {
            cells = cellsOf(windows);
            given = windows;
            draw();
        },
    };
}

const evenings = (at) => Math.floor(at / slots) < 5 && at % slots >= 38 && at % slots < 44;
const weekends = (at) => Math.floor(at / slots) >= 5 && at % slots >= 28 && at % slots < 36;

// A stroke begins on a half hour and ends wherever it is let go; one that turns out to be scrolling never was.
function handlePointer(grid, { at, start, paint, back, focus }) {
    let stroke = null;
    grid.addEventListener("pointerdown", (event) => {
        const from = at(event.target);
        if (from < 0 || event.button !== 0) return;
        stroke = { ...start(from), pointer: event.pointerId };
        if (event.pointerType === "mouse") event.preventDefault();
        else event.target.releasePointerCapture?.(event.pointerId);
        paint(stroke.before, from, from, stroke.value);
        focus(from);
    });
    grid.addEventListener("pointermove", (event) => {
        if (stroke?.pointer !== event.pointerId) return;
        const to = at(document.elementFromPoint(event.clientX, event.clientY));
        if (to >= 0) paint(stroke.before, stroke.from, to, stroke.value);
    });
    addEventListener("pointerup", () => (stroke = null));
    addEventListener("pointercancel", () => {
        if (stroke) back(stroke);
        stroke = null;
    });
}
