import { card, code, when } from "../admin/parts.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, el } from "../dom.js";
import { showLoaded } from "../list.js";
import { language } from "../texts.js";
import { toast } from "../toast.js";

const size = (bytes) => (typeof bytes === "number"
    ? new Intl.NumberFormat(language(), { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1000)) : "–");

const isGood = (status) => status === "done";

function table(backups) {
    const heads = ["backups.at", "backups.size", "backups.target", "backups.status"];
    const rows = backups.map(({ at, bytes, target, status }) => el("tr", {}, el("td", {}, when(at)), el("td", { text: size(bytes) }), el("td", {}, code(target ?? "–")),
        el("td", {}, el("span", { class: isGood(status) ? "badge" : "badge warn", t: isGood(status) ? "backups.good" : "backups.bad" }))));
    return el("table", { class: "stacked" }, el("thead", {}, el("tr", {}, ...heads.map((t) => el("th", { scope: "col", t })))), el("tbody", {}, ...rows));
}

const hint = (t) => el("div", { class: "empty" }, el("p", { t }));

// An installation may do without the function that makes backups.
async function load() {
    try {
        return (await call("GET", "/system/backups")).backups;
    } catch (problem) {
        if (problem.status === 404) return null;
        throw problem;
    }
}

startAdmin(["admin-work"], (place) => {
    const list = el("div", { id: "backups" });
    const begin = el("div", { class: "actions" });
    const show = () => showLoaded(list, load, (backups) => {
        begin.hidden = backups === null;
        if (backups === null) return hint("backups.away");
        return backups.length > 0 ? table(backups) : hint("backups.none");
    });
    begin.append(button("backups.begin", async () => {
        if (!(await confirmed({ title: "backups.begin", text: "backups.sure", action: "backups.begin" }))) return;
        try {
            await call("POST", "/system/backups");
            toast("backups.begun");
        } catch (problem) {
            if (problem.slug !== "conflict") throw problem;
            toast("backups.conflict", {}, "bad");
        }
        await show();
    }, { kind: "primary" }), button("backups.again", show));
    begin.hidden = true;
    place.replaceChildren(card("backups.list", el("p", { class: "soft", t: "backups.text" }), list, begin));
    document.addEventListener("language", show);
    return show();
});
