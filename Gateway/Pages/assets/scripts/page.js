import { goToLogin, leaveWhenEnded } from "./api.js";
import { drawFrame } from "./frame.js";
import { failure } from "./list.js";
import { hasBegun, isAdmin, onSession, ready, session } from "./session.js";
import { loadTexts, translate } from "./texts.js";
import { showKeptToast } from "./toast.js";

// Begins a page: loads its texts, draws header and footer, sees to the login that it `needs` ("nothing", "session" or
// "admin"), and then calls `run(main)`.
export async function startPage({ texts = [], needs = "nothing" }, run) {
    const main = document.querySelector("main");
    try {
        await loadTexts("common", ...texts);
        drawFrame();
        translate();
        delete document.documentElement.dataset.waiting;
        if (needs !== "nothing" && !(await isAllowed(needs, main))) return;
        main.removeAttribute("hidden");
        showKeptToast();
        const running = run(main);
        begin();
        await running;
    } catch (problem) {
        main.removeAttribute("hidden");
        main.append(failure(problem));
        begin();
    }
}

// From now on the page answers to whatever is pressed; what was pressed before is done now.
function begin() {
    if ("begun" in document.documentElement.dataset) return;
    document.documentElement.dataset.begun = "";
    dispatchEvent(new Event("begun"));
}

async function isAllowed(needs, main) {
    await ready;
    if (!session()) {
        goToLogin(hasBegun() ? "ended" : undefined);
        return false;
    }
    leaveWhenEnded();
    leaveWithLogin();
    if (needs !== "admin" || isAdmin()) return true;
    main.removeAttribute("hidden");
    main.replaceChildren(main.querySelector("h1"), failure({ key: "problem.forbidden" }));
    begin();
    return false;
}

// What only somebody logged in may see does not stay when the login ends or becomes somebody else's, be it in another
// tab, nor come back by "Back".
function leaveWithLogin() {
    const { accountId } = session().account;
    onSession((login) => {
        if (!login) goToLogin();
        else if (login.account.accountId !== accountId) location.reload();
    });
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
