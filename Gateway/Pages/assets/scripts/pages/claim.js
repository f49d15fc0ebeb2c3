import { call } from "../api.js";
import { goOn, showCredentials } from "../credentials.js";
import { el } from "../dom.js";
import { handleForm } from "../form.js";
import { startPage } from "../page.js";
import { secondFactor } from "../proof.js";

const place = "handout";

// The token stands behind the `#`, where no server sees it; it is taken out of the address, and kept for this tab
// until it is used, so that neither history nor a glance at the screen gives it away.
function takeToken() {
    const given = location.hash.slice(1);
    if (given) {
        history.replaceState(null, "", location.pathname);
        sessionStorage.setItem(place, given);
    }
    const token = sessionStorage.getItem(place) ?? "";
    return /^[\w-]{43}$/.test(token) ? token : null;
}

function offer(main, token) {
    const more = el("div", {});
    const form = el(
        "form", { method: "post", class: "card", id: "claim" }, el("p", { t: "claim.text" }), more,
        el("button", { type: "submit", class: "button primary", t: "claim.action" }));
    handleForm(form, async (factor) => {
        try {
            const credentials = await call("POST", "claim-credentials", { body: { token, ...factor } });
            sessionStorage.removeItem(place);
            showCredentials(main, credentials, goOn);
        } catch (problem) {
            if (problem.slug === "handout-spent") return spent(main);
            if (problem.slug !== "invalid-credentials" || more.childElementCount > 0) throw problem;
            // A link that was mailed asks for a code besides, which is learned by trying.
            more.replaceChildren(el("p", { class: "note", role: "status", t: "claim.factor" }), secondFactor());
            more.querySelector("input").focus();
        }
    });
    main.replaceChildren(form);
}

function spent(main) {
    sessionStorage.removeItem(place);
    const heading = el("h2", { tabindex: "-1", t: "claim.spent" });
    main.replaceChildren(el("div", { class: "note bad" }, heading, el("p", { t: "claim.spentText" })));
    heading.focus();
}

startPage({ texts: ["credentials", "claim"] }, () => {
    const main = document.querySelector("#place");
    const begin = () => {
        const token = takeToken();
        if (token) offer(main, token);
        else main.replaceChildren(el("p", { class: "note warn", t: "claim.none" }));
    };
    addEventListener("hashchange", () => location.hash && begin());
    begin();
});
