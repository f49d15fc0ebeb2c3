import { call } from "./api.js";
import { el } from "./dom.js";
import { openDialog } from "./dialog.js";
import { field, handleForm } from "./form.js";
import { onSession, openSession, owner, session } from "./session.js";
import { put } from "./texts.js";

// The second factor of a form: a code of the app, or a recovery code in its place.
export function secondFactor() {
    const box = el(
        "div", { class: "second-factor" },
        field("totp", "field.totp", {
            inputmode: "numeric", autocomplete: "one-time-code", pattern: "[0-9]{6}", required: true,
        }),
        field("recoveryCode", "field.recoveryCode", { autocomplete: "off", autocapitalize: "characters", spellcheck: "false", required: true, pattern: "[A-Za-z2-7\\s\\-]{16,32}" }),
        el("button", { type: "button", class: "button plain small link factor-switch" }));
    return handleSecondFactor(box);
}

// Makes the fields `totp` and `recoveryCode` of a box stand in for each other; the one that is not shown is not sent.
export function handleSecondFactor(box) {
    const [code, recovery] = ["totp", "recoveryCode"].map((name) => box.querySelector(`[name="${name}"]`));
    const change = box.querySelector(".factor-switch");
    const show = (isRecovery) => {
        for (const [input, isShown] of [[code, !isRecovery], [recovery, isRecovery]]) {
            input.disabled = !isShown;
            input.closest(".field").hidden = !isShown;
        }
        put(change, isRecovery ? "proof.useTotp" : "proof.useRecovery");
    };
    code.addEventListener("input", () => (code.value = code.value.replace(/\D/g, "").slice(0, 6)));
    change.addEventListener("click", () => {
        show(!code.disabled);
        (code.disabled ? recovery : code).focus();
    });
    show(false);
    return box;
}

// The owner's proof before something grave: password and second factor. What keeps passwords for people finds the login
// beside them, where the form does not ask for it anyway.
export function proofFields({ asksLogin = false } = {}) {
    const login = owner()?.login;
    return [
        asksLogin || !login ? null : el("input", { type: "text", value: login, autocomplete: "username", readonly: true, hidden: true }),
        field("password", "field.password", { type: "password", autocomplete: "current-password", required: true }),
        secondFactor(),
    ].filter(Boolean);
}

// Asks for a login of now, for calls that are refused with `stronger-proof-needed`; fulfilled with whether there is one.
// One that begins in another tab will do.
export function freshLogin(text = "fresh.text") {
    return new Promise((resolve) => {
        const account = owner();
        const form = el(
            "form", { method: "post" }, el("p", { t: text }), ...proofFields(),
            el("button", { type: "submit", class: "button primary", t: "fresh.action" }));
        let isFresh = false;
        handleForm(form, async (proof) => {
            try {
                openSession(await call("POST", "verify-login", { body: { login: account.login, ...proof } }));
            } catch (problem) {
                if (problem.slug === "credentials-expired") await offerRenewal(form, problem.answer, account.login);
                throw problem;
            }
        });
        const dialog = openDialog("fresh.title", form);
        const forget = onSession(() => {
            isFresh = session()?.account.accountId === account.accountId;
            dialog.close();
        });
        dialog.addEventListener("close", () => {
            forget();
            resolve(isFresh);
        });
    });
}

// Credentials that have ended are renewed on a page of its own, which is left to whoever has something here to keep.
async function offerRenewal(form, answer, login) {
    const { keepRenewal } = await import("./renewal.js");
    keepRenewal(answer, login, "expired");
    if (!form.querySelector("a")) form.append(el("p", {}, el("a", { class: "button", href: "/renew", t: "fresh.renew" })));
}

let asking = null;

// The same where the login has ended meanwhile, once for all calls that are refused then.
export const logInAgain = () => (asking ??= freshLogin("fresh.ended").finally(() => (asking = null)));

// Does `action`, and once more after a fresh login where it is refused for want of one.
export async function withFreshLogin(action) {
    try {
        return await action();
    } catch (problem) {
        if (problem.slug !== "stronger-proof-needed" || !(await freshLogin())) throw problem;
        return action();
    }
}
