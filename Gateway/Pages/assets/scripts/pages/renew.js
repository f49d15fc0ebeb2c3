import { call } from "../api.js";
import { goOn, showCredentials } from "../credentials.js";
import { el } from "../dom.js";
import { handleForm } from "../form.js";
import { startPage } from "../page.js";
import { proofFields } from "../proof.js";
import { forgetRenewal, keepRenewal, keptRenewal } from "../renewal.js";
import { closeSession, owner, ready, session } from "../session.js";
import { timeElement } from "../texts.js";

const submit = (t) => el("button", { type: "submit", class: "button primary", t });

// A renewal is allowed: says why, and makes the new set when asked to.
function offer(place, renewal) {
    const form = el(
        "form", { method: "post", class: "card", id: "renew" }, el("p", { t: `renew.${renewal.why}` }),
        el("p", { t: "renew.warning" }),
        el("p", { class: "soft" }, el("span", { t: "renew.until" }), " ", timeElement(renewal.renewalExpiresAt, "hour")),
        submit("renew.action"));
    handleForm(form, async () => {
        try {
            const credentials = await call("POST", "rotate-credentials", { body: { renewalToken: renewal.renewalToken } });
            closeSession();
            // The token is kept until the new set has logged in: if this page is lost, it makes another set.
            showCredentials(place, credentials, (answer) => {
                forgetRenewal();
                goOn(answer);
            });
        } catch (problem) {
            if (problem.slug === "renewal-spent") forgetRenewal();
            throw problem;
        }
    });
    place.replaceChildren(form);
}

// Somebody logged in wants a new set, and proves once more who it is.
function prove(place) {
    const form = el(
        "form", { method: "post", class: "card", id: "prove" }, el("p", { t: "renew.prove" }), ...proofFields(),
        submit("renew.next"));
    handleForm(form, async (body) => {
        keepRenewal(await call("POST", "rotate-credentials", { body }), owner()?.login, "wanted");
        offer(place, keptRenewal());
    });
    place.replaceChildren(form);
}

startPage({ texts: ["credentials", "renew"] }, async () => {
    const place = document.querySelector("#place");
    await ready;
    const renewal = keptRenewal();
    if (renewal) return offer(place, renewal);
    if (session()) return prove(place);
    place.replaceChildren(
        el("div", { class: "card" }, el("p", { t: "renew.first" }), el("a", { class: "button primary", href: "/login?to=/renew", t: "nav.logIn" })));
});
