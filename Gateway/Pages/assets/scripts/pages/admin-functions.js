import { openFunction } from "../admin/function-detail.js";
import { change, parseMetrics, quantile, totals } from "../admin/metrics.js";
import { card } from "../admin/parts.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { button, el } from "../dom.js";
import { failure, loading } from "../list.js";
import { language } from "../texts.js";

const pause = 3000;
const kept = 60;
const none = { calls: 0, errors: 0, seconds: 0, buckets: new Map(), running: 0, waiting: 0 };
const histories = new Map();
const watchers = new Map();
let last;

const number = (value, digits = 1) => new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);
const words = ({ rate, errors, latency }) => ({
    rate: `${number(rate)}/s`, errors: `${number(errors)}/s`, latency: latency === null ? "–" : `${number(latency)} ms`,
});

// Looks at the figures and remembers what changed since the last look.
async function sample() {
    const response = await call("GET", "/metrics", { raw: true });
    const now = { at: performance.now(), all: totals(parseMetrics(await response.text())) };
    if (last) {
        for (const [name, sums] of now.all) {
            const history = histories.get(name) ?? [];
            history.push(change(last.all.get(name) ?? none, sums, Math.max(0.001, (now.at - last.at) / 1000)));
            histories.set(name, history.slice(-kept));
        }
    }
    last = now;
    for (const draw of watchers.values()) draw();
}

function watch(name, draw) {
    const key = Symbol(name);
    const show = () => {
        const history = histories.get(name) ?? [];
        if (history.length > 0) draw(history, words(history.at(-1)));
    };
    watchers.set(key, show);
    show();
    return () => watchers.delete(key);
}

function table(functions, changed) {
    const heads = ["functions.name", "functions.workers", "functions.invocations", "functions.failed", "functions.p95", "functions.rate"];
    const rows = functions.map((status) => {
        const sums = last?.all.get(status.name) ?? none;
        const rate = el("td", { text: "–" });
        watch(status.name, (_, { rate: text }) => (rate.textContent = text));
        const p95 = quantile(0.95, null, sums.buckets);
        const isUp = status.availableReplicas > 0 || status.replicas === 0;
        return el("tr", { "data-function": status.name },
            el("th", { scope: "row" }, button("functions.open", () => openFunction(status, (draw) => watch(status.name, draw), changed), { kind: "plain name-button", values: { name: status.name } })),
            el("td", {}, el("span", { class: isUp ? "badge" : "badge warn", text: `${number(status.availableReplicas)} / ${number(status.replicas)}` })),
            el("td", { text: number(status.invocationCount) }), el("td", { text: number(sums.errors) }),
            el("td", { text: p95 === null ? "–" : `${number(p95)} ms` }), rate);
    });
    return el("div", { class: "scroll", tabindex: "0", role: "region", label: "functions.list" },
        el("table", { id: "functions" }, el("thead", {}, el("tr", {}, ...heads.map((t) => el("th", { scope: "col", t })))), el("tbody", {}, ...rows)));
}

startAdmin(["admin-functions"], async (place) => {
    const box = el("div", {}, loading(6));
    place.replaceChildren(card("functions.list", el("p", { class: "soft", t: "functions.text" }), box));
    const load = async () => {
        try {
            const functions = await call("GET", "/system/functions");
            if (!last) await sample();
            watchers.clear();
            functions.sort((one, other) => one.name.localeCompare(other.name));
            box.replaceChildren(functions.length > 0 ? table(functions, load) : el("div", { class: "empty" }, el("p", { t: "functions.none" })),
                el("div", { class: "actions" }, button("functions.again", load, { kind: "small" })));
        } catch (problem) {
            box.replaceChildren(failure(problem, load));
        }
    };
    await load();
    document.addEventListener("language", load);
    setInterval(() => document.hidden || sample().catch(() => {}), pause);
});
