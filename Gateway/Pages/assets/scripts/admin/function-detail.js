import { call } from "../api.js";
import { openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { field, handleForm } from "../form.js";
import { failure, loading } from "../list.js";
import { toast } from "../toast.js";
import { showAnswer } from "./answer.js";
import { chart } from "./chart.js";
import { choice, code, facts, when } from "./parts.js";

const kept = 200;

// Opens what there is to see of a function and to do with it; `onSample(draw)` tells of new figures until `draw` is
// taken back by the function that it gives.
export function openFunction(status, onSample, changed) {
    const charts = { rate: chart("functions.rate"), errors: chart("functions.errors"), latency: chart("functions.latency") };
    const stop = onSample((history, words) => {
        for (const [name, each] of Object.entries(charts)) each.draw(history.map((sample) => sample[name]), words[name]);
    });
    const lines = el("div", {});
    const dialog = openDialog({ text: status.name },
        el("div", { class: "charts" }, ...Object.values(charts).map(({ element }) => element)),
        facts(["functions.image", code(status.image)], ["functions.created", when(status.createdAt)],
            ["functions.schedule", status.annotations?.schedule ? code(status.annotations.schedule) : null]),
        el("h3", { t: "functions.scale" }), scaleForm(status, changed),
        el("h3", { t: "functions.invoke" }), invokeForm(status),
        el("h3", { t: "functions.logs" }), lines);
    dialog.classList.add("wide");
    dialog.addEventListener("close", stop);
    showLogs(lines, status.name);
}

async function showLogs(place, name) {
    place.replaceChildren(loading());
    try {
        const response = await call("GET", `/system/logs?name=${name}&tail=${kept}`, { raw: true });
        const lines = (await response.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
        const text = lines.map(({ timestamp, instance, text }) => `${timestamp} [${instance}] ${text}`).join("\n");
        const shown = lines.length > 0
            ? el("pre", { class: "log-lines", tabindex: "0", role: "region", label: "functions.logs", text })
            : el("div", { class: "empty" }, el("p", { t: "functions.noLogs" }));
        place.replaceChildren(shown, el("div", { class: "actions" }, button("functions.again", () => showLogs(place, name), { kind: "small" })));
        shown.scrollTop = shown.scrollHeight;
    } catch (problem) {
        place.replaceChildren(failure(problem, () => showLogs(place, name)));
    }
}

function scaleForm({ name, replicas }, changed) {
    const form = el(
        "form", { method: "post", id: "scale", class: "filters" },
        field("replicas", "functions.replicas", { type: "number", min: 0, max: 100, required: true, value: replicas, inputmode: "numeric", hint: "functions.scaleHint" }),
        el("button", { type: "submit", class: "button", t: "functions.scaleAction" }));
    handleForm(form, async ({ replicas }) => {
        await call("POST", `/system/scale-function/${name}`, { body: { serviceName: name, replicas: Number(replicas) } });
        toast("functions.scaled");
        changed();
    });
    return form;
}

function invokeForm({ name }) {
    const place = el("div", { "aria-live": "polite" });
    const form = el(
        "form", { method: "post", id: "invoke" }, el("p", { class: "soft", t: "functions.invokeText" }),
        el("div", { class: "filters" },
            choice("method", "functions.method", ["GET", "POST", "PUT", "PATCH", "DELETE"].map((each) => [each]), "POST"),
            field("path", "functions.path", { placeholder: "/…?…", autocomplete: "off", autocapitalize: "none", spellcheck: "false", pattern: "/[!-~]*|\\?[!-~]*" })),
        el("div", { class: "field" }, el("label", { for: "invoke-body", t: "functions.body" }), el("textarea", { id: "invoke-body", name: "body", rows: 4, class: "code", spellcheck: "false" })),
        el("button", { type: "submit", class: "button primary", t: "functions.invokeAction" }), place);
    handleForm(form, ({ method, path = "", body }) => showAnswer(place, method, `/function/${name}${path}`, body));
    return form;
}
