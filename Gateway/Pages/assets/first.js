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
    if (["dark", "light"].includes(kept("theme"))) root.dataset.theme = kept("theme");
    // The files are written in English; in another language nothing is shown until it has been put in.
    if (root.lang !== "en") {
        root.dataset.waiting = "";
        setTimeout(() => delete root.dataset.waiting, 3000);
    }
})();
