import { call } from "../api.js";
import { handoutCard } from "../credentials.js";
import { openDialog } from "../dialog.js";
import { button, el, icon } from "../dom.js";
import { field, handleForm } from "../form.js";
import { withFreshLogin } from "../proof.js";
import { put } from "../texts.js";
import { toast } from "../toast.js";
import { card, choice } from "./parts.js";

const pause = 1000;
const result = () => document.querySelector("#result");

// Asks how, and rotates: `whom` is `{login}`, `{logins}`, `{all: true}`, or `{}` for those that expire, whose days the
// form asks for. `done` is called once it has begun.
export function askRotation(whom, { text, values, done = () => {} }) {
    const isExpiring = Object.keys(whom).length === 0;
    const form = el(
        "form", { method: "post", id: "rotate" }, el("p", { t: text, values }),
        isExpiring ? field("expiringWithinDays", "rotation.days", { type: "number", min: 0, max: 3650, value: 30, required: true, inputmode: "numeric" }) : null,
        choice("mode", "rotation.mode", [["next-login", "rotation.nextLogin"], ["now", "rotation.now"]], whom.login ? "now" : "next-login"),
        el("p", { class: "note warn", t: "rotation.warning" }),
        el("div", { class: "actions" }, el("button", { type: "submit", class: "button danger", t: "rotation.action" }),
            button("dialog.cancel", () => dialog.close())));
    handleForm(form, async ({ mode, expiringWithinDays }) => {
        const body = { ...whom, mode, ...(isExpiring ? { expiringWithinDays: Number(expiringWithinDays) } : {}) };
        const operation = await withFreshLogin(() => call("POST", "rotate-credentials", { body }));
        dialog.close();
        showOperation(operation);
        done();
    });
    const dialog = openDialog("rotation.title", form);
}

// Shows an operation on the page, follows it while it runs, and offers its links.
export function showOperation(operation) {
    const bar = el("progress", { label: "rotation.progress" });
    const words = el("p", { role: "status" });
    const links = el("div", {});
    result().replaceChildren(el("section", { class: "card no-print", id: "operation" }, el("h2", { tabindex: "-1", t: "rotation.result" }), bar, words, links));
    result().querySelector("h2").focus();
    const draw = (now) => {
        bar.max = now.matched || 1;
        bar.value = now.status === "done" ? bar.max : now.rotated;
        put(words, `rotation.${now.status}`, { done: now.rotated, count: now.matched });
        if (now.status !== "running" && now.mode === "now" && now.matched > 0) {
            links.replaceChildren(el("div", { class: "actions" }, button("rotation.links", () => mintLinks(now.operationId), { kind: "primary" })));
        }
    };
    draw(operation);
    if (operation.handouts?.length > 0) {
        links.replaceChildren();
        showHandouts(operation.handouts);
    } else if (operation.status === "running") {
        follow(operation.operationId, draw, () => words.isConnected);
    }
}

// Looks after an operation until it has ended or nobody watches any more; a failed look is taken again.
export async function follow(operationId, draw, isWatched) {
    for (let status = "running"; status === "running" && isWatched();) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const now = await call("GET", `rotate-credentials/operations/${operationId}`).catch(() => ({ status }));
        status = now.status;
        if (now.operationId && isWatched()) draw(now);
    }
}

// New links for everybody of an operation who has not claimed yet, in pages of a hundred.
export async function mintLinks(operationId, after) {
    const body = { limit: 100, ...(after ? { after } : {}) };
    const { handouts, next } = await withFreshLogin(() => call("POST", `rotate-credentials/operations/${operationId}/handouts`, { body }));
    if (handouts.length === 0) return toast("rotation.noLinks", {}, "");
    showHandouts(handouts, next ? () => mintLinks(operationId, next) : null);
}

// Links with their QR codes, as cards that can be printed and cut apart.
export function showHandouts(handouts, more) {
    const print = button("rotation.print", () => window.print(), { kind: "no-print" });
    print.prepend(icon("print"));
    const section = el(
        "section", { id: "handouts", "aria-labelledby": "handouts-title" },
        el("div", { class: "row no-print" }, el("h2", { id: "handouts-title", tabindex: "-1", t: "rotation.handouts", values: { count: handouts.length } }), print),
        el("p", { class: "note warn no-print", t: "rotation.handoutsText" }),
        el("div", { class: "grid handouts" }, ...handouts.map(({ login, handout }) => handoutCard(login, handout))),
        more ? el("div", { class: "actions no-print" }, button("rotation.more", more)) : null);
    document.querySelector("#handouts")?.remove();
    result().append(section);
    section.querySelector("h2").focus();
}

export const operationsCard = (place) => card("rotation.operations", el("p", { class: "soft", t: "rotation.operationsText" }), place);
