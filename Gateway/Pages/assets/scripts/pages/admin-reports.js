import { card, choice, facts, when } from "../admin/parts.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { formValues, handleForm } from "../form.js";
import { showList, showLoaded } from "../list.js";
import { withFreshLogin } from "../proof.js";
import { toast } from "../toast.js";

const outcomes = ["dismissed", "warned", "locked"];

function open(reportId, changed) {
    const place = el("div", {});
    const dialog = openDialog("judge.one", place);
    showLoaded(place, () => call("GET", `match/reports/${reportId}`), (report) => [
        ...about(report), report.status === "open" ? verdictForm(report, dialog, changed) : decided(report),
    ]);
}

function about({ login, from, reason, message, messageId, createdAt }) {
    const said = message
        ? el("blockquote", { class: "said-there" }, el("p", { text: message.body }), el("p", { class: "soft" }, when(message.sentAt)))
        : messageId ? el("p", { class: "soft", t: "judge.messageGone" }) : null;
    return [
        facts(["judge.about", el("strong", { text: login })], ["judge.from", from], ["judge.at", when(createdAt)]),
        el("h3", { t: "judge.reason" }), el("p", { class: "words", text: reason }),
        said ? el("h3", { t: "judge.message" }) : null, said,
    ].filter(Boolean);
}

const decided = ({ outcome, note, resolvedAt, resolvedBy }) => facts(
    ["judge.outcome", el("span", { class: "badge", t: `judge.${outcome}` })], ["judge.note", note],
    ["judge.by", resolvedBy], ["judge.resolvedAt", when(resolvedAt)]);

function verdictForm({ reportId, login }, dialog, changed) {
    const note = el("div", { class: "field" }, el("label", { for: "judge-note", t: "judge.note" }),
        el("p", { class: "hint", id: "judge-hint", t: "judge.noteHint" }),
        el("textarea", { id: "judge-note", name: "note", rows: 3, maxlength: 1000, "aria-describedby": "judge-hint", "data-hint": "judge-hint" }));
    const form = el(
        "form", { method: "post", id: "resolve" }, choice("outcome", "judge.outcome", outcomes.map((name) => [name, `judge.${name}`])),
        note, el("button", { type: "submit", class: "button primary", t: "judge.action" }));
    handleForm(form, async (body) => {
        const locks = body.outcome === "locked";
        if (locks && !(await confirmed({ title: "judge.lock", text: "judge.lockText", action: "judge.lock", values: { login }, danger: true }))) return;
        await withFreshLogin(() => call("POST", `match/reports/${reportId}/resolve`, { body }));
        dialog.close();
        toast("judge.done");
        changed();
    });
    return form;
}

startAdmin(["admin-work"], (place) => {
    const form = el(
        "form", { method: "post", id: "search", class: "filters" },
        choice("status", "judge.status", [["open", "judge.open"], ["resolved", "judge.resolved"], ["", "filter.all"]], "open"),
        el("button", { type: "submit", class: "button primary", t: "filter.show" }));
    const found = el("div", { id: "reports" });
    place.replaceChildren(card("judge.list", form, found));
    const reports = showList(found, {
        load: async (after) => {
            const query = new URLSearchParams({ limit: 20, ...formValues(form), ...(after ? { after } : {}) });
            const { reports, next } = await call("GET", `match/reports?${query}`);
            return { items: reports, next };
        },
        row: ({ reportId, login, from, reason, status, outcome, createdAt }) => el("div", { class: "row" },
            el("div", {},
                el("p", {}, el("strong", { t: "judge.line", values: { login, from } }), " ",
                    el("span", { class: status === "open" ? "badge warn" : "badge", t: status === "open" ? "judge.open" : `judge.${outcome}` })),
                el("p", { class: "words short", text: reason }), el("p", { class: "soft" }, when(createdAt, "ago"))),
            button("judge.look", () => open(reportId, () => reports.reload()), { kind: "small", label: "judge.lookNamed", values: { login } })),
        empty: "judge.none",
    });
    handleForm(form, () => reports.reload());
});
