import { accountRow } from "../admin/accounts.js";
import { card, choice, code, madeAt, when } from "../admin/parts.js";
import { askRotation, mintLinks, operationsCard, showHandouts, showOperation } from "../admin/rotation.js";
import { startAdmin } from "../admin/start.js";
import { call } from "../api.js";
import { button, el } from "../dom.js";
import { field, formValues, handleForm } from "../form.js";
import { showList } from "../list.js";
import { withFreshLogin } from "../proof.js";
import { put } from "../texts.js";

const loginPattern = "[A-Za-z0-9._@+\\-]{3,64}";
const picked = new Set();

function searchForm(asked) {
    const days = ["7", "14", "30", "90"].map((count) => [count, `days.${count}`]);
    const states = ["active", "pending", "locked"].map((state) => [state, `status.${state}`]);
    return el(
        "form", { method: "post", id: "search", class: "filters", role: "search" },
        field("query", "accounts.query", { type: "search", maxlength: 64, value: asked.get("query") ?? "", autocapitalize: "none", spellcheck: "false" }),
        choice("status", "accounts.status", [["", "filter.all"], ...states], asked.get("status") ?? ""),
        choice("expiringWithinDays", "accounts.expiring", [["", "filter.all"], ...days], asked.get("expiringWithinDays") ?? ""),
        el("button", { type: "submit", class: "button primary", t: "filter.show" }));
}

function batch(changed) {
    const some = button("accounts.rotateSome", () => askRotation({ logins: [...picked] }, { text: "rotation.some", values: { count: picked.size }, done: () => {
        picked.clear();
        changed();
    } }), { values: { count: 0 } });
    const draw = () => {
        some.disabled = picked.size === 0;
        put(some, "accounts.rotateSome", { count: picked.size });
    };
    document.addEventListener("picked", draw);
    draw();
    return {
        draw,
        element: el("div", { class: "actions", id: "batch" }, some,
            button("accounts.rotateExpiring", () => askRotation({}, { text: "rotation.expiring", done: changed })),
            button("accounts.rotateAll", () => askRotation({ all: true }, { text: "rotation.all", done: changed }))),
    };
}

function createForm(changed) {
    const form = el(
        "form", { method: "post", id: "create" }, el("p", { class: "soft", t: "accounts.createText" }),
        field("login", "field.login", { required: true, pattern: loginPattern, autocomplete: "off", autocapitalize: "none", spellcheck: "false" }),
        field("email", "field.email", { type: "email", maxlength: 254, autocomplete: "off" }),
        el("button", { type: "submit", class: "button primary", t: "accounts.createAction" }));
    handleForm(form, async (values) => {
        const made = await withFreshLogin(() => call("POST", "create-account", { body: { ...values, handout: "link" } }));
        form.reset();
        showHandouts([made]);
        changed();
    });
    return form;
}

function operationRow(operation) {
    const { operationId, mode, status, matched, rotated, rewrapped } = operation;
    const isKey = mode === undefined;
    const words = isKey ? el("span", { t: "rotation.ofKey", values: { count: rewrapped } }) : el("span", { t: `rotation.${status}`, values: { done: rotated, count: matched } });
    const what = el("div", {},
        el("p", {}, isKey ? [el("span", { class: status === "failed" ? "badge bad" : "badge", t: `operation.${status}` }), " "] : null, words),
        el("p", { class: "soft" }, when(madeAt(operationId)), isKey ? null : [" · ", el("span", { t: mode === "now" ? "rotation.now" : "rotation.nextLogin" })], " · ", code(operationId.slice(-12))));
    const links = !isKey && mode === "now" && matched > 0 && status !== "running" ? button("rotation.links", () => mintLinks(operationId), { kind: "small" }) : null;
    const watch = !isKey && status === "running" ? button("rotation.watch", () => showOperation(operation), { kind: "small" }) : null;
    return el("div", { class: "row" }, what, links, watch);
}

startAdmin(["credentials", "admin-accounts"], (place) => {
    const form = searchForm(new URLSearchParams(location.search));
    const [found, done] = [el("div", { id: "accounts" }), el("div", { id: "operations" })];
    const changed = () => {
        accounts.reload();
        operations.reload();
        tools.draw();
    };
    const tools = batch(changed);
    place.replaceChildren(
        el("div", { id: "result" }),
        el("div", { class: "stack no-print" },
            card("accounts.list", form, tools.element, found), card("accounts.create", createForm(changed)), operationsCard(done)));
    const accounts = showList(found, {
        load: async (after) => {
            const query = new URLSearchParams({ limit: 20, ...formValues(form), ...(after ? { after } : {}) });
            const { accounts, next } = await call("GET", `manage-account/accounts?${query}`);
            return { items: accounts, next };
        },
        row: (account) => accountRow(account, picked, changed),
        empty: "accounts.none",
    });
    const operations = showList(done, {
        load: async (after) => {
            const { operations, next } = await call("GET", `rotate-credentials/operations?limit=5${after ? `&after=${after}` : ""}`);
            return { items: operations, next };
        },
        row: operationRow,
        empty: "rotation.none",
    });
    handleForm(form, () => {
        const query = new URLSearchParams(formValues(form));
        history.replaceState(null, "", query.size > 0 ? `?${query}` : location.pathname);
        picked.clear();
        tools.draw();
        return accounts.reload();
    });
});
