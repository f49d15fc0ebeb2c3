import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { field, handleForm } from "../form.js";
import { failure, loading } from "../list.js";
import { startPage } from "../page.js";
import { proofFields } from "../proof.js";
import { closeSession, renameSession } from "../session.js";
import { timeElement } from "../texts.js";
import { toast, toastNext } from "../toast.js";

const fewCodes = 3;
const places = () => ["#overview > div", "#sessions > div"].map((place) => document.querySelector(place));

async function load() {
    const [overview, sessions] = places();
    try {
        const account = await call("GET", "manage-account");
        overview.replaceChildren(...facts(account));
        sessions.replaceChildren(...sessionList(account.sessions));
        fillChange(account);
    } catch (problem) {
        for (const place of [overview, sessions]) place.replaceChildren(failure(problem, load));
    }
}

function facts({ login, roles, createdAt, credentials }) {
    const { issuedAt, expiresAt, renewSoon, recoveryCodesLeft } = credentials;
    const few = recoveryCodesLeft <= fewCodes;
    const fact = (t, ...value) => [el("dt", { t }), el("dd", {}, ...value)];
    const left = el("span", { class: few ? "badge warn" : "badge", t: "account.codesLeft", values: { count: recoveryCodesLeft } });
    return [
        renewSoon ? el("p", { class: "note warn", t: "account.soon" }) : null,
        el("dl", { class: "facts" },
            fact("field.login", login),
            roles.includes("admin") ? fact("account.role", el("span", { class: "badge", t: "account.admin" })) : null,
            fact("account.created", timeElement(createdAt)),
            fact("account.issued", timeElement(issuedAt)),
            fact("account.expires", timeElement(expiresAt), " ", el("span", { class: "soft" }, "(", timeElement(expiresAt, "ago"), ")")),
            fact("account.recovery", left)),
        el("div", { class: "actions" }, el("a", { class: renewSoon || few ? "button primary" : "button", href: "/renew", t: "account.renew" })),
    ].filter(Boolean);
}

function sessionList(sessions) {
    const rows = sessions.map((session) => el("li", {}, sessionRow(session)));
    const others = sessions.some(({ current }) => !current);
    return [
        el("ul", { class: "list" }, ...rows),
        others ? el("div", { class: "actions" }, button("account.endOthers", endOthers)) : null,
    ].filter(Boolean);
}

function sessionRow({ sid, createdAt, lastSeenAt, userAgent, current }) {
    const what = el("div", {},
        el("p", {}, el("strong", { text: browserName(userAgent) }), " ", current ? el("span", { class: "badge", t: "account.thisOne" }) : null),
        el("p", { class: "soft" }, el("span", { t: "account.since" }), " ", timeElement(createdAt, "moment"), " · ",
            el("span", { t: "account.seen" }), " ", timeElement(lastSeenAt, "ago")));
    const end = () => endSession(sid);
    return el("div", { class: "row" }, what, current ? null : button("account.end", end, { kind: "small" }));
}

// A browser's and a system's name out of a User-Agent, or its beginning.
function browserName(userAgent) {
    const browser = ["Firefox", "Edg", "OPR", "Chrome", "Safari"].find((name) => userAgent.includes(`${name}/`));
    const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((name) => userAgent.includes(name));
    const names = { Edg: "Edge", OPR: "Opera", "Mac OS": "macOS" };
    return [browser, system].filter(Boolean).map((name) => names[name] ?? name).join(" · ") || userAgent.slice(0, 60) || "–";
}

async function endSession(sid) {
    await call("DELETE", `manage-account/sessions/${sid}`);
    toast("account.ended");
    await load();
}

async function endOthers() {
    if (!(await confirmed({ title: "account.endOthers", text: "account.endOthersText", action: "account.endOthers" }))) return;
    await call("DELETE", "manage-account/sessions");
    toast("account.ended");
    await load();
}

let known;

function fillChange(account) {
    known = account;
    const form = document.querySelector("#change");
    form.elements.login.value = account.login;
    form.elements.email.value = account.email ?? "";
}

function makeChange() {
    const form = document.querySelector("#change");
    form.append(
        field("login", "field.login", { autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true, pattern: "[A-Za-z0-9._@+\\-]{3,64}" }),
        field("email", "field.email", { type: "email", autocomplete: "email", maxlength: 254 }),
        ...proofFields({ asksLogin: true }), el("button", { type: "submit", class: "button primary", t: "account.save" }));
    handleForm(form, async ({ login, email, ...proof }) => {
        const changes = { ...proof };
        if (login !== known.login) changes.login = login;
        if ((email ?? null) !== known.email) changes.email = email ?? null;
        if (!("login" in changes) && !("email" in changes)) return toast("account.same", {}, "");
        const account = await call("PATCH", "manage-account", { body: changes });
        for (const name of ["password", "totp", "recoveryCode"]) form.elements[name].value = "";
        renameSession(account.login);
        toast("account.saved");
        await load();
    });
}

async function download() {
    const response = await call("GET", "manage-account/export", { raw: true });
    const address = URL.createObjectURL(await response.blob());
    el("a", { href: address, download: "passerelle-account.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    toast("account.exported");
}

function askErase() {
    const form = el(
        "form", { method: "post", id: "erase-form" }, el("p", { t: "account.eraseSure" }), ...proofFields(),
        el("div", { class: "actions" }, el("button", { type: "submit", class: "button danger", t: "account.eraseAction" }),
            button("dialog.cancel", () => dialog.close())));
    handleForm(form, async (body) => {
        await call("POST", "manage-account/erase", { body });
        closeSession();
        toastNext("session.erased");
        location.replace("/");
    });
    const dialog = openDialog("account.erase", form);
}

startPage({ texts: ["account"], needs: "session" }, async () => {
    places()[0].replaceChildren(loading(5));
    places()[1].replaceChildren(loading());
    makeChange();
    document.querySelector("#export").append(button("account.exportAction", download));
    document.querySelector("#erase").append(button("account.eraseAction", askErase, { kind: "danger" }));
    await load();
});
