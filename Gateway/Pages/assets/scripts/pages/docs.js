import { call } from "../api.js";
import { operationView } from "../docs/operation.js";
import { prose } from "../docs/prose.js";
import { useDocument } from "../docs/schema.js";
import { el } from "../dom.js";
import { field } from "../form.js";
import { showLoaded } from "../list.js";
import { startPage } from "../page.js";
import { ready } from "../session.js";
import { put } from "../texts.js";

const methods = ["get", "put", "post", "delete", "patch"];

// Every call, in the order of the document: `{method, path, operation, shared}`.
const callsOf = (paths) => Object.entries(paths).flatMap(([path, item]) => methods
    .filter((method) => item[method])
    .map((method) => ({ method, path, operation: item[method], shared: item.parameters ?? [] })));

function show(contract) {
    useDocument(contract);
    const calls = callsOf(contract.paths);
    const groups = contract.tags.map((tag) => group(tag, calls.filter(({ operation }) => operation.tags?.[0] === tag.name)));
    return [
        ...contract.info.description.split("\n\n").map((text) => prose(text)),
        el("p", {}, el("a", { href: "/openapi.json", t: "docs.raw" })),
        search(groups, calls.length), ...groups.map(({ element }) => element),
    ];
}

function group({ name, description }, calls) {
    const rows = calls.map((each) => ({
        element: operationView(each),
        words: `${each.method} ${each.path} ${each.operation.summary} ${each.operation.operationId}`.toLowerCase(),
    }));
    const element = el("section", { class: "card", "aria-labelledby": `group-${name}` },
        prose(description ?? name, "h2", { id: `group-${name}` }), ...rows.map((row) => row.element));
    return { element, rows };
}

// Hides what does not fit while somebody types.
function search(groups, all) {
    const count = el("p", { class: "soft", role: "status" });
    const box = field("query", "docs.search", { type: "search", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const input = box.querySelector("input");
    const draw = () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const { element, rows } of groups) {
            const fitting = rows.filter((row) => words.every((word) => row.words.includes(word)));
            for (const row of rows) row.element.hidden = !fitting.includes(row);
            element.hidden = fitting.length === 0;
            shown += fitting.length;
        }
        put(count, shown > 0 ? "docs.calls" : "docs.none", { count: shown });
    };
    input.addEventListener("input", draw);
    put(count, "docs.calls", { count: all });
    return el("div", { class: "find" }, box, count);
}

// Opens the call that the address names.
function openNamed() {
    const named = document.getElementById(location.hash.slice(1));
    if (named?.tagName !== "DETAILS") return;
    named.open = true;
    named.scrollIntoView();
}

startPage({ texts: ["admin", "docs"] }, async (main) => {
    await ready;
    const place = main.querySelector("#place");
    await showLoaded(place, () => call("GET", "/openapi.json"), show);
    place.classList.add("stack");
    addEventListener("hashchange", openNamed);
    openNamed();
});
