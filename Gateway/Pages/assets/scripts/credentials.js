import { call } from "./api.js";
import { copyButton } from "./copy.js";
import { button, el, icon } from "./dom.js";
import { field, handleForm } from "./form.js";
import { secondFactor } from "./proof.js";
import { openSession } from "./session.js";
import { put, putLabel, timeElement } from "./texts.js";
import { toastNext } from "./toast.js";

// Shows a new set of credentials, which no page can ever show again, in `place`, and lets its owner confirm by logging
// in with it; then `confirmed(answer)` is called. Until then leaving the page is asked about.
export function showCredentials(place, credentials, confirmed) {
    const heading = el("h2", { tabindex: "-1", t: "creds.title" });
    const form = confirmation(credentials.login, (answer) => {
        removeEventListener("beforeunload", hold);
        confirmed(answer);
    });
    place.replaceChildren(
        el("div", { class: "note warn no-print" }, heading, el("p", { t: "creds.once" })), sheet(credentials), form);
    addEventListener("beforeunload", hold);
    heading.focus();
}

const hold = (event) => event.preventDefault();

function sheet(credentials) {
    const print = button("creds.print", () => window.print(), { kind: "small no-print" });
    print.prepend(icon("print"));
    print.firstChild.after(" ");
    return el(
        "section", { class: "card sheet", "aria-labelledby": "sheet-title" },
        el("div", { class: "row" }, el("h2", { id: "sheet-title", text: `Passerelle · ${credentials.login}` }), print),
        el("p", { class: "soft" }, el("span", { t: "creds.until" }), " ", timeElement(credentials.expiresAt)),
        el("div", { class: "grid" },
            step("creds.app", "creds.appText", credentials.qrCodes.totp, "creds.appImage", "creds.secret", credentials.totp.secret, "copy.secret"),
            step("creds.password", "creds.passwordText", credentials.qrCodes.password, "creds.passwordImage", "field.password", credentials.password, "copy.password")),
        recoveryCodes(credentials.recoveryCodes));
}

function step(title, text, image, alt, name, secret, copyLabel) {
    const id = `secret-${copyLabel.split(".")[1]}`;
    const picture = el("img", { class: "qr", src: image, width: 220, height: 220 });
    putLabel(picture, "alt", alt);
    return el(
        "div", {}, el("h3", { t: title }), el("p", { class: "soft", t: text }), picture,
        el("p", { class: "label", t: name }),
        el("div", { class: "secret" }, el("code", { id, class: "code", translate: "no", text: secret }), copyButton(() => secret, copyLabel)));
}

function recoveryCodes(codes) {
    const items = codes.map((code) => el("li", {}, el("code", { class: "code", translate: "no", text: code.replace(/(.{4})(?=.)/g, "$1 ") })));
    return el(
        "div", { class: "recovery" }, el("h3", { t: "creds.recovery" }), el("p", { class: "soft", t: "creds.recoveryText" }),
        el("ol", {}, ...items), copyButton(() => codes.join("\n"), "copy.recovery"));
}

function confirmation(login, confirmed) {
    const form = el(
        "form", { method: "post", class: "card no-print", id: "confirm" }, el("h2", { t: "creds.confirm" }),
        el("p", { t: "creds.confirmText" }),
        field("login", "field.login", { value: login, readonly: true, autocomplete: "username" }),
        field("password", "field.password", { type: "password", autocomplete: "current-password", required: true }),
        secondFactor(), el("button", { type: "submit", class: "button primary", t: "creds.confirmAction" }));
    handleForm(form, async (body) => {
        const answer = await call("POST", "verify-login", { body });
        openSession(answer);
        confirmed(answer);
    });
    return form;
}

// Where most flows lead after the confirmation.
export function goOn({ account }) {
    toastNext("session.welcome", { login: account.login });
    location.replace("/account");
}

// A hand-out as its maker passes it on: a link and its QR code, good once.
export function handoutCard(login, { url, expiresAt, qrCode }) {
    const picture = el("img", { class: "qr", src: qrCode, width: 220, height: 220 });
    putLabel(picture, "alt", "handout.image");
    const heading = put(el("h2", { tabindex: "-1" }), "handout.title", { login });
    return el(
        "section", { class: "card sheet handout" }, heading, el("p", { t: "handout.text" }), picture,
        el("div", { class: "secret" }, el("code", { class: "code", translate: "no", text: url }), copyButton(() => url, "copy.link")),
        el("p", { class: "soft" }, el("span", { t: "handout.until" }), " ", timeElement(expiresAt, "moment")));
}
