import { card, choice, code, facts, when } from "../admin/parts.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { button, el } from "../dom.js";
import { field, formValues, handleForm } from "../form.js";
import { failure, loading, showList } from "../list.js";
import { hasText } from "../texts.js";

const types = {
    account: "created lapsed changed exported erased locked unlocked", role: "granted revoked", access: "refused",
    login: "succeeded failed throttled", "recovery-code": "used", session: "revoked", renewal: "proven ordered",
    credentials: "renewed rotated expired expiring", handout: "issued claimed replayed revoked expiring",
    recovery: "requested", operation: "started finished", "master-key": "rotated", "birth-date": "corrected",
    report: "made resolved", backup: "made restored", field: "refused", message: "removed",
};

function typeOptions() {
    const names = Object.entries(types).flatMap(([what, ends]) => ends.split(" ").map((end) => `${what}.${end}`));
    return [["", "filter.all"], ...names.map((name) => [name, `event.${name}`])];
}

const typeName = (type) => (hasText(`event.${type}`) ? el("strong", { t: `event.${type}` }) : el("strong", { text: type }));

// What is wrong, as a sentence of the reader's language where there is one.
function faultText(what) {
    const key = `audit.fault.${what.replaceAll(" ", "-")}`;
    return hasText(key) ? el("span", { t: key }) : code(what);
}

function row({ eventId, seq, at, type, actor, subject, outcome, clientAddress, correlationId, previousHash, hash }) {
    return el("details", { class: "event" },
        el("summary", {}, typeName(type), " ", outcome === "refused" ? el("span", { class: "badge warn", t: "audit.refused" }) : null, " ",
            seq === null ? el("span", { class: "badge", t: "audit.unsealed" }) : null, el("span", { class: "soft" }, " ", when(at))),
        facts(
            ["audit.type", code(type)], ["audit.seq", seq === null ? null : String(seq)], ["audit.actor", code(actor)],
            ["audit.subject", code(subject)], ["audit.address", clientAddress === null ? null : code(clientAddress)],
            ["audit.call", code(correlationId)], ["audit.event", code(eventId)],
            ["audit.hash", hash === null ? null : code(hash)], ["audit.previous", previousHash === null ? null : code(previousHash)]));
}

async function verify(place) {
    place.replaceChildren(loading());
    try {
        const { ok, events, unsealed, head, outsideHead, fault } = await call("GET", "read-audit/verify");
        const verdict = ok ? "audit.whole" : "audit.broken";
        place.replaceChildren(
            el("div", { class: ok ? "note good" : "note bad", id: "verdict", role: ok ? "status" : "alert", "data-ok": String(ok) }, el("p", {}, el("strong", { t: verdict })), ok ? null : el("p", { t: "audit.brokenText" })),
            facts(
                fault ? ["audit.faultAt", el("span", { t: fault.seq === 0 ? "audit.faultUnsealed" : "audit.faultSeq", values: { seq: String(fault.seq) } })] : ["", null],
                fault ? ["audit.faultWhat", faultText(fault.what)] : ["", null],
                ["audit.events", el("span", { t: "audit.count", values: { count: events } })], ["audit.unsealedCount", el("span", { t: "audit.count", values: { count: unsealed } })],
                ["audit.head", el("span", {}, `${head.seq} `, code(head.hash))],
                ["audit.outside", el("span", { t: outsideHead ? "audit.outsideYes" : "audit.outsideNo" })]));
    } catch (problem) {
        place.replaceChildren(failure(problem, () => verify(place)));
    }
}

startAdmin(["admin-audit"], (place) => {
    const asked = new URLSearchParams(location.search);
    const form = el(
        "form", { method: "post", id: "search", class: "filters", role: "search" },
        field("login", "field.login", { type: "search", pattern: "[A-Za-z0-9._@+\\-]{3,64}", value: asked.get("login") ?? "", autocapitalize: "none", spellcheck: "false", autocomplete: "off" }),
        choice("type", "audit.type", typeOptions(), asked.get("type") ?? ""),
        el("button", { type: "submit", class: "button primary", t: "filter.show" }));
    const [found, verdict] = [el("div", { id: "events" }), el("div", { "aria-live": "polite" })];
    place.replaceChildren(el("div", { class: "stack" },
        card("audit.verify", el("p", { class: "soft", t: "audit.verifyText" }), verdict, el("div", { class: "actions" }, button("audit.verifyAction", () => verify(verdict), { kind: "primary" }))),
        card("audit.list", form, el("p", { class: "soft", t: "audit.order" }), found)));
    const events = showList(found, {
        load: async (after) => {
            const query = new URLSearchParams({ limit: 50, ...formValues(form), ...(after ? { after } : {}) });
            const { events, next } = await call("GET", `read-audit?${query}`);
            return { items: events, next };
        },
        row,
        empty: "audit.none",
    });
    handleForm(form, () => {
        const query = new URLSearchParams(formValues(form));
        history.replaceState(null, "", query.size > 0 ? `?${query}` : location.pathname);
        return events.reload();
    });
});
