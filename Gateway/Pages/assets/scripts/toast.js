import { el, icon } from "./dom.js";
import { putLabel } from "./texts.js";

const lasting = 6000;

// Says something in passing, to eyes and screen readers: `toast("account.saved")`. `kind` is "", "good" or "bad".
export function toast(key, values, kind = "good") {
    const words = el("p", { t: key, values });
    const close = el("button", { type: "button", class: "toast-close", on: { click: () => note.remove() } }, icon("cross"));
    putLabel(close, "aria-label", "toast.close");
    const note = el("div", { class: `toast ${kind}` }, words, close);
    region().append(note);
    setTimeout(() => note.remove(), lasting);
}

// Says what a call was refused with; what is no Problem is told as one that nobody foresaw.
export function toastProblem(problem) {
    if (problem?.name === "AbortError") return;
    toast(problem?.key ?? "problem.unknown", { count: problem?.retryAfter || 1 }, "bad");
}

// Says something to screen readers alone.
export function announce(key, values) {
    const words = el("p", { class: "unseen", t: key, values });
    region().append(words);
    setTimeout(() => words.remove(), lasting);
}

// A toast for the page that comes next, whose texts must have it: the part `common` always is there.
export function toastNext(key, values) {
    sessionStorage.setItem("toast", JSON.stringify({ key, values }));
}

export function showKeptToast() {
    const kept = sessionStorage.getItem("toast");
    if (!kept) return;
    sessionStorage.removeItem("toast");
    const { key, values } = JSON.parse(kept);
    toast(key, values);
}

function region() {
    let region = document.querySelector("#toasts");
    if (!region) {
        region = el("div", { id: "toasts", role: "status", "aria-live": "polite" });
        document.body.append(region);
    }
    return region;
}
