import { call } from "./api.js";
import { button, el, icon } from "./dom.js";
import { places } from "./navigation.js";
import { closeSession, isAdmin, onSession, session } from "./session.js";
import { chooseLanguage, language, languages, putLabel } from "./texts.js";
import { toastNext } from "./toast.js";

// Fills the page's header and footer, and keeps them true to who is logged in.
export function drawFrame() {
    const header = document.querySelector("body > header");
    const draw = () => {
        header.replaceChildren(brand(), menuButton(header), navigation(), switches());
        if (session()) import("./players/badge.js").then(({ showBadge }) => showBadge());
    };
    draw();
    onSession(draw);
    document.querySelector("body > footer").replaceChildren(...footer());
}

function brand() {
    const mark = el("img", { src: "/assets/icon.svg", width: 32, height: 32, alt: "" });
    return el("a", { class: "brand", href: "/", ...here("/") }, mark, el("span", { text: "Passerelle" }));
}

const here = (path) => (location.pathname === path ? { "aria-current": "page" } : {});

function navigation() {
    const seen = places.filter((place) => place.for === "player" ? session() : place.for === "admin" ? isAdmin() : true);
    const links = seen.map(({ path, t, badge }) => el("li", {}, el("a", { href: path, ...currentBelow(path) }, el("span", { t }), badge ? count(badge) : null)));
    const ends = session()
        ? [el("li", { class: "ends" }, button("nav.logOut", logOut, { kind: "plain" }))]
        : [
            el("li", {}, el("a", { href: "/login", t: "nav.logIn", ...here("/login") })),
            el("li", {}, el("a", { href: "/register", class: "button primary small", t: "nav.register", ...here("/register") })),
        ];
    return el("nav", { id: "navigation", label: "nav.main" }, el("ul", {}, ...links, ...ends));
}

// A number that something else fills in, and what it counts.
const count = (badge) => el("span", { class: "badge count", "data-badge": badge, hidden: true }, el("span", { "aria-hidden": "true" }), el("span", { class: "unseen" }));

function currentBelow(path) {
    return location.pathname === path || location.pathname.startsWith(`${path}/`) ? { "aria-current": "page" } : {};
}

function menuButton(header) {
    const open = el("button", { type: "button", class: "menu plain", "aria-expanded": "false", "aria-controls": "navigation" }, icon("menu"));
    putLabel(open, "aria-label", "nav.menu");
    const set = (isOpen) => {
        header.toggleAttribute("data-open", isOpen);
        open.setAttribute("aria-expanded", String(isOpen));
    };
    open.addEventListener("click", () => set(!header.hasAttribute("data-open")));
    header.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape" || !header.hasAttribute("data-open")) return;
        set(false);
        open.focus();
    });
    return open;
}

function switches() {
    const choices = Object.entries(languages).map(([tag, name]) => {
        const choice = el("button", {
            type: "button", class: "plain language", lang: tag, "aria-pressed": String(tag === language()),
            "aria-label": name, text: tag.toUpperCase(),
        });
        choice.addEventListener("click", async () => {
            await chooseLanguage(tag);
            for (const other of choices) other.setAttribute("aria-pressed", String(other.lang === tag));
        });
        return choice;
    });
    const group = el("div", { class: "languages", role: "group", label: "nav.language" }, ...choices);
    // Where the ways take a line of their own, the end stands beside the switches; below the menu it is the last way.
    const end = session() ? button("nav.logOut", logOut, { kind: "plain ends" }) : null;
    return el("div", { class: "switches" }, end, group, themeSwitch());
}

function themeSwitch() {
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
    const change = el("button", { type: "button", class: "plain theme" });
    const draw = () => {
        change.replaceChildren(icon(isDark() ? "sun" : "moon"));
        putLabel(change, "aria-label", isDark() ? "nav.light" : "nav.dark");
    };
    change.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        localStorage.setItem("theme", root.dataset.theme);
        draw();
    });
    draw();
    return change;
}

// Ends the session on the server too, where it still answers.
async function logOut() {
    try {
        const { sessions } = await call("GET", "manage-account");
        const own = sessions.find(({ current }) => current);
        if (own) await call("DELETE", `manage-account/sessions/${own.sid}`);
    } catch {
        // It ends by itself; this browser forgets it in any case.
    }
    closeSession();
    toastNext("session.closed");
    location.assign("/");
}

function footer() {
    const links = [["/docs", "foot.docs"], ["/legal", "foot.legal"], ["/privacy", "foot.privacy"], ["/terms", "foot.terms"]];
    const items = links.map(([path, t]) => el("li", {}, el("a", { href: path, t, ...here(path) })));
    return [
        el("p", { t: "foot.line" }),
        el("nav", { label: "foot.nav" }, el("ul", {}, ...items)),
    ];
}
