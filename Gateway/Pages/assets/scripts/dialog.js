import { button, el, icon } from "./dom.js";
import { putLabel } from "./texts.js";

let count = 0;

// Opens a modal dialog with a heading and any elements; it closes by Escape, by its cross, or by `dialog.close()`.
// Gives the dialog; its event `close` tells the end.
export function openDialog(title, ...content) {
    const id = `dialog-${(count += 1)}`;
    const cross = el("button", { type: "button", class: "dialog-close", on: { click: () => dialog.close() } }, icon("cross"));
    putLabel(cross, "aria-label", "dialog.close");
    const heading = el("h2", { id, ...(typeof title === "string" ? { t: title } : title) });
    const dialog = el("dialog", { "aria-labelledby": id }, el("header", {}, heading, cross), ...content);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
    return dialog;
}

// Asks before something is done; fulfilled with whether it may be: `await confirmed({title, text, action, danger})`,
// all keys of texts.
export function confirmed({ title, text, action, values, danger = false }) {
    return new Promise((resolve) => {
        let answer = false;
        const yes = button(action, () => {
            answer = true;
            dialog.close();
        }, { kind: danger ? "danger" : "primary" });
        const no = button("dialog.cancel", () => dialog.close());
        const dialog = openDialog({ t: title, values }, el("p", { t: text, values }), el("div", { class: "actions" }, yes, no));
        (danger ? no : yes).focus();
        dialog.addEventListener("close", () => resolve(answer));
    });
}
