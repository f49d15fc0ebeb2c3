import { call } from "../api.js";
import { goOn, handoutCard, showCredentials } from "../credentials.js";
import { handleForm } from "../form.js";
import { startPage } from "../page.js";

startPage({ texts: ["credentials", "register"] }, () => {
    const place = document.querySelector("#made");
    const form = document.querySelector("#register");
    handleForm(form, async (body) => {
        const answer = await call("POST", "create-account", { body });
        document.querySelector("#before").remove();
        if (answer.handout) {
            place.replaceChildren(handoutCard(answer.login, answer.handout));
            place.querySelector("h2").focus();
        } else {
            showCredentials(place, answer, goOn);
        }
    });
});
