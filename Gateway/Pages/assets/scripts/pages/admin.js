import { totals, parseMetrics } from "../admin/metrics.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { el } from "../dom.js";
import { failure, loading } from "../list.js";

// A tile that leads to a part, and says how much waits there.
function tile(href, title, count, words) {
    const place = el("div", {}, loading(1));
    const load = async () => {
        try {
            const number = await count();
            place.replaceChildren(el("p", { class: "soft", t: words, values: { count: number } }));
        } catch (problem) {
            place.replaceChildren(failure(problem, load));
        }
    };
    load();
    return el("section", { class: "card tile" }, el("h2", {}, el("a", { href, t: title })), place);
}

// How many there are, counted up to a hundred.
const counted = (path, name) => async () => (await call("GET", path))[name].length;

async function errors() {
    const response = await call("GET", "/metrics", { raw: true });
    return [...totals(parseMetrics(await response.text())).values()].reduce((sum, { errors }) => sum + errors, 0);
}

startAdmin([], (place) => {
    place.replaceChildren(el("div", { class: "grid tiles", id: "tiles" },
        tile("/admin/accounts?expiringWithinDays=30", "admin.accounts", counted("manage-account/accounts?expiringWithinDays=30&limit=100", "accounts"), "admin.expiring"),
        tile("/admin/reports", "admin.reports", counted("match/reports?status=open&limit=100", "reports"), "admin.openReports"),
        tile("/admin/queue", "admin.queue", counted("/system/calls?status=dead&limit=100", "calls"), "admin.dead"),
        tile("/admin/functions", "admin.functions", errors, "admin.errors")));
});
