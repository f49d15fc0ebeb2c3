import { call } from "../api.js";
import { openDialog } from "../dialog.js";
import { el } from "../dom.js";
import { field, handleForm } from "../form.js";
import { isOwnPath } from "../navigation.js";
import { startPage } from "../page.js";
import { handleSecondFactor } from "../proof.js";
import { keepRenewal } from "../renewal.js";
import { onSession, openSession } from "../session.js";
import { toastNext } from "../toast.js";

const asked = new URLSearchParams(location.search);
let isOwn = false;

// Where the login was asked for, or the account.
function destination() {
    const to = asked.get("to") ?? "";
    return isOwnPath(to) ? to : "/account";
}

async function logIn(values) {
    try {
        const answer = await call("POST", "verify-login", { body: values });
        isOwn = true;
        openSession(answer);
        if (answer.renewalToken) {
            keepRenewal(answer, values.login, "phone");
            location.assign("/renew");
            return;
        }
        toastNext("session.welcome", { login: answer.account.login });
        location.replace(destination());
    } catch (problem) {
        if (problem.slug !== "credentials-expired") throw problem;
        keepRenewal(problem.answer, values.login, "expired");
        location.assign("/renew");
    }
}

// What helps depends on what was lost.
function showHelp() {
    const login = document.querySelector("#login-login").value;
    const done = el("div", { role: "status" });
    const form = el(
        "form", { method: "post", class: "recover" }, el("h3", { t: "lost.password" }), el("p", { t: "lost.passwordText" }),
        field("recover", "field.login", { autocomplete: "username", required: true, value: login }), done,
        el("button", { type: "submit", class: "button primary", t: "lost.send" }));
    handleForm(form, async (body) => {
        try {
            await call("POST", "rotate-credentials", { body });
            done.replaceChildren(el("p", { class: "note good", t: "lost.sent" }));
        } catch (problem) {
            if (problem.slug !== "not-found") throw problem;
            done.replaceChildren(el("p", { class: "note warn", t: "lost.noMail" }));
        }
    });
    openDialog(
        "lost.title", el("h3", { t: "lost.phone" }), el("p", { t: "lost.phoneText" }), form,
        el("h3", { t: "lost.both" }), el("p", { t: "lost.bothText" }));
}

startPage({ texts: ["login"] }, () => {
    const form = document.querySelector("#login");
    handleSecondFactor(form.querySelector(".second-factor"));
    handleForm(form, logIn);
    document.querySelector("#lost").addEventListener("click", showHelp);
    // Who was sent here from a page, and logs in in another tab meanwhile, goes on.
    if (asked.has("to")) onSession((now) => now && !isOwn && location.replace(destination()));
    if (asked.get("why") === "ended") {
        document.querySelector("#why").append(el("p", { class: "note", role: "status", t: "login.ended" }));
    }
});
