import { call } from "../api.js";
import { button, el } from "../dom.js";
import { formValues, handleForm } from "../form.js";
import { failure, loading, showList } from "../list.js";
import { startPage } from "../page.js";
import { editEntry, ownLibrary } from "../players/library-form.js";
import { gameLine } from "../players/person.js";

const find = (css) => document.querySelector(css);
const form = find("#search");
let own = new Map();
let catalogue;

async function showOwn() {
    const place = find("#library");
    if (place.childElementCount === 0) place.replaceChildren(loading());
    try {
        own = await ownLibrary();
        const rows = [...own.values()].map((game) => el("li", {}, el("div", { class: "row" }, gameLine(game), editButton(game))));
        place.replaceChildren(rows.length > 0
            ? el("ul", { class: "list" }, ...rows) : el("div", { class: "empty" }, el("p", { t: "game.none" })));
    } catch (problem) {
        place.replaceChildren(failure(problem, showOwn));
    }
}

const editButton = (game) => button("game.edit", () => editEntry(game.gameId, own.get(game.gameId), changed), {
    kind: "small", label: "game.editNamed", values: { name: game.name },
});

async function changed() {
    await showOwn();
    for (const place of document.querySelectorAll("[data-game]")) drawAction(place, place.game);
    if (document.activeElement === document.body) find("main").focus({ preventScroll: true });
}

function drawAction(place, game) {
    place.replaceChildren(own.has(game.gameId)
        ? el("span", { class: "badge", t: "game.owned" })
        : button("game.add", () => editEntry(game.gameId, undefined, changed), { kind: "small", label: "game.addNamed", values: { name: game.name } }));
}

function row(game) {
    const action = el("div", { "data-game": game.gameId });
    action.game = game;
    drawAction(action, game);
    const kinds = game.categories.map((category) => el("li", {}, el("button", {
        type: "button", class: "badge plain", t: `category.${category}`, on: { click: () => only(category) },
    })));
    return el("div", { class: "row" }, el("div", {}, el("p", {}, el("strong", { text: game.name })), el("ul", { class: "chips" }, ...kinds)), action);
}

function only(category) {
    form.elements.category.value = category;
    search();
}

// Shows what is asked for, and keeps it in the address, for a reload or a way back.
function search() {
    const query = new URLSearchParams(formValues(form));
    history.replaceState(null, "", query.size > 0 ? `/games?${query}` : "/games");
    return catalogue?.reload();
}

startPage({ texts: ["players"], needs: "session" }, async () => {
    const asked = new URLSearchParams(location.search);
    for (const name of ["query", "category"]) form.elements[name].value = asked.get(name) ?? "";
    handleForm(form, search);
    form.elements.category.addEventListener("change", search);
    let timer;
    form.elements.query.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(search, 300);
    });
    find("#catalogue").replaceChildren(loading());
    await showOwn();
    catalogue = showList(find("#catalogue"), {
        load: async (after) => {
            const query = new URLSearchParams({ limit: 20, ...formValues(form), ...(after ? { after } : {}) });
            const { games, next } = await call("GET", `browse-games?${query}`);
            return { items: games, next };
        },
        row,
        empty: "game.notFound",
    });
});
