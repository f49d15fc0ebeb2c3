import { card, choice, code, facts, when } from "../admin/parts.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { button, el } from "../dom.js";
import { formValues, handleForm } from "../form.js";
import { showList } from "../list.js";
import { toast } from "../toast.js";

const kinds = { waiting: "badge", done: "badge", dead: "badge bad" };

startAdmin(["admin-work"], (place) => {
    const form = el(
        "form", { method: "post", id: "search", class: "filters" },
        choice("status", "queue.status", ["dead", "waiting", "done"].map((status) => [status, `queue.${status}`]), new URLSearchParams(location.search).get("status") ?? "dead"),
        el("button", { type: "submit", class: "button primary", t: "filter.show" }));
    const found = el("div", { id: "calls" });
    place.replaceChildren(card("queue.list", el("p", { class: "soft", t: "queue.text" }), form, found));
    const retry = async (callId) => {
        await call("POST", `/system/calls/${callId}/retry`);
        toast("queue.retried");
        calls.reload();
    };
    const calls = showList(found, {
        load: async (after) => {
            const query = new URLSearchParams({ limit: 20, ...formValues(form), ...(after ? { after } : {}) });
            const { calls, next } = await call("GET", `/system/calls?${query}`);
            return { items: calls, next };
        },
        row: ({ callId, function: name, method, path, status, attempts, maxAttempts, acceptedAt, lastStatus, endedAt }) => el("div", { class: "row", "data-call": callId },
            el("div", {},
                el("p", {}, code(`${method} ${name}${path}`), " ", el("span", { class: kinds[status], t: `queue.${status}` })),
                facts(["queue.accepted", when(acceptedAt)], ["queue.ended", endedAt && when(endedAt)],
                    ["queue.attempts", el("span", { t: "queue.attemptsOf", values: { count: attempts, most: maxAttempts } })],
                    ["queue.lastStatus", lastStatus && String(lastStatus)], ["queue.call", code(callId)])),
            status === "dead" ? button("queue.retry", () => retry(callId), { kind: "small" }) : null),
        empty: "queue.none",
    });
    handleForm(form, () => calls.reload());
});
