import { button, el } from "./dom.js";
import { put } from "./texts.js";

// Fills `place` with a list that comes page by page, and shows that it loads, is empty, or could not be had.
//   load(after)  gives {items, next}; `after` is the cursor of the page before, undefined for the first
//   row(item)    gives the element of one item
//   empty        the key of the sentence for an empty list; `emptyAction` an element to put below it
//   tag          "ul" (rows are put into li), or "div" where rows bring their own roles
// Gives {reload, refresh, add(item), element}; `refresh` leaves the rows alone where they are as they were, so that news
// move nothing away below a finger.
export function showList(place, { load, row, empty, emptyAction, tag = "ul", className = "" }) {
    const element = el(tag, { class: `list ${className}`.trim() });
    const state = el("div", { class: "list-state", "aria-live": "polite" });
    place.replaceChildren(element, state);
    let turn = 0;
    let shown = null;

    const wrap = (content) => (tag === "ul" ? el("li", {}, content) : content);

    async function more(after, isQuiet = false) {
        const mine = (turn += 1);
        if (!isQuiet) state.replaceChildren(loading());
        place.setAttribute("aria-busy", "true");
        try {
            const { items, next } = await load(after);
            if (mine !== turn) return;
            const read = JSON.stringify([items, next]);
            if (isQuiet && read === shown && items.length === element.childElementCount) return;
            shown = after === undefined ? read : null;
            if (after === undefined) element.replaceChildren();
            element.append(...items.map((item) => wrap(row(item))));
            state.replaceChildren(...foot(next));
        } catch (problem) {
            if (mine === turn && problem?.name !== "AbortError") state.replaceChildren(failure(problem, () => more(after)));
        } finally {
            if (mine === turn) place.removeAttribute("aria-busy");
        }
    }

    function foot(next) {
        if (next) return [button("list.more", () => more(next))];
        if (element.childElementCount > 0) return [];
        return [el("div", { class: "empty" }, el("p", { t: empty }), emptyAction ?? null)];
    }

    const reload = () => more(undefined);
    reload();
    return {
        element,
        reload,
        refresh: () => more(undefined, true),
        add(item) {
            shown = null;
            element.prepend(wrap(row(item)));
            if (state.querySelector(".empty")) state.replaceChildren();
        },
    };
}

// Lines that stand for what is being loaded.
export function loading(lines = 3) {
    const box = el("div", { class: "loading", role: "status" }, el("p", { class: "unseen", t: "list.loading" }));
    for (let line = 0; line < lines; line += 1) box.append(el("div", { class: "bone", "aria-hidden": "true" }));
    return box;
}

// What is shown in the place of something that could not be had.
export function failure(problem, again) {
    if (!problem.key) console.error(problem);
    const words = put(el("p"), problem.key ?? "problem.unknown", { count: problem.retryAfter || 1 });
    return el("div", { class: "failure", role: "alert" }, words, again ? button("list.again", again) : null);
}

// Fills `place` with what `load` gives, shown by `show`, with the same states as a list.
export async function showLoaded(place, load, show) {
    place.replaceChildren(loading());
    place.setAttribute("aria-busy", "true");
    try {
        const loaded = await load();
        place.replaceChildren(...[show(loaded)].flat());
    } catch (problem) {
        place.replaceChildren(failure(problem, () => showLoaded(place, load, show)));
    } finally {
        place.removeAttribute("aria-busy");
    }
}
