import { card } from "../admin/parts.js";
import { follow } from "../admin/rotation.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { copyButton } from "../copy.js";
import { confirmed } from "../dialog.js";
import { button, el } from "../dom.js";
import { withFreshLogin } from "../proof.js";

const commands = [
    "umask 077", "cp master-key master-key-previous", "openssl rand -base64 96 | tr -d '\\n' > master-key.new",
    "mv master-key.new master-key",
].join("\n");

async function rotate(place) {
    if (!(await confirmed({ title: "key.rotate", text: "key.sure", action: "key.rotate", danger: true }))) return;
    const box = el("div", { id: "operation", role: "status" });
    place.replaceChildren(box);
    let operation;
    try {
        operation = await withFreshLogin(() => call("POST", "rotate-credentials", { body: { masterKey: true } }));
    } catch (problem) {
        if (problem.slug !== "conflict") throw problem;
        return box.replaceChildren(el("p", { class: "note warn", t: "key.conflict" }));
    }
    const draw = ({ status, rewrapped, foreign, previousMayGo }) => {
        const kind = { running: "note", done: "note good", failed: "note bad" }[status];
        box.replaceChildren(el("div", { class: kind, "data-status": status },
            el("p", { t: `key.${status}`, values: { count: rewrapped } }),
            foreign ? el("p", { t: "key.foreign", values: { count: foreign } }) : null,
            previousMayGo ? el("p", { t: "key.mayGo" }) : null));
    };
    draw(operation);
    if (operation.status === "running") follow(operation.operationId, draw, () => box.isConnected);
}

startAdmin(["admin-work"], (place) => {
    const progress = el("div", {});
    place.replaceChildren(el("div", { class: "stack" },
        card("key.before", el("p", { t: "key.text" }),
            el("ol", {}, el("li", { t: "key.stepPrevious" }), el("li", { t: "key.stepNew" }), el("li", { t: "key.stepHere" }), el("li", { t: "key.stepRemove" })),
            el("pre", { class: "log-lines", tabindex: "0", role: "region", label: "key.commands", text: commands }), copyButton(() => commands, "key.copy"),
            el("p", { class: "soft", t: "key.backups" })),
        card("key.rotate", el("p", { t: "key.rotateText" }), progress, el("div", { class: "actions" }, button("key.rotate", () => rotate(progress), { kind: "danger" })))));
});
