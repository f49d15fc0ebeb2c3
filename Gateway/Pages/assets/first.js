// Runs before anything is painted: the language and the colours that were chosen last, or those of the browser.
(() => {
    const root = document.documentElement;
    const kept = (name) => {
        try {
            return localStorage.getItem(name);
        } catch {
            return null;
        }
    };
    const offered = ["en", "fr"];
    const asked = [kept("language"), ...(navigator.languages ?? [navigator.language])];
    root.lang = asked.map((tag) => (tag ?? "").slice(0, 2).toLowerCase()).find((tag) => offered.includes(tag)) ?? "en";
    // The texts are asked for at once, and not when the scripts that need them have come.
    for (const part of (document.currentScript.dataset.texts ?? "").split(" ").filter(Boolean)) {
        const link = document.createElement("link");
        link.rel = "modulepreload";
        link.href = `/assets/texts/${part}.${root.lang}.js`;
        document.head.append(link);
    }
    if (["dark", "light"].includes(kept("theme"))) root.dataset.theme = kept("theme");
    // The files are written in English; in another language nothing is shown until it has been put in.
    if (root.lang !== "en") {
        root.dataset.waiting = "";
        setTimeout(() => delete root.dataset.waiting, 3000);
    }

    // A button that is pressed before the page's script has begun is pressed once it has.
    const pressed = new Set();
    const keep = (event) => {
        const button = event.target.closest?.("main button");
        if (!button) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        pressed.add(button);
    };
    addEventListener("click", keep, true);
    addEventListener("begun", () => {
        removeEventListener("click", keep, true);
        for (const button of pressed) if (button.isConnected) button.click();
    }, { once: true });

    // Where a script does not come, be it that the line broke, the page says so instead of staying empty.
    const words = {
        en: ["This page could not be loaded completely.", "Load it again"],
        fr: ["Cette page n’a pas pu être chargée entièrement.", "La recharger"],
    };
    addEventListener("error", ({ target }) => {
        const main = document.querySelector("main");
        if (target?.localName !== "script" || !main) return;
        const [text, link] = ["p", "a"].map((tag) => document.createElement(tag));
        text.className = "note bad";
        text.textContent = `${words[root.lang][0]} `;
        link.href = location.href;
        link.textContent = words[root.lang][1];
        text.append(link);
        main.prepend(text);
        main.hidden = false;
        delete root.dataset.waiting;
    }, true);
})();
