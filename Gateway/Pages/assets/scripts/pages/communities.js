import { call } from "../api.js";
import { button, el } from "../dom.js";
import { showList } from "../list.js";
import { startPage } from "../page.js";
import { who } from "../players/person.js";

const query = (after) => `limit=20${after ? `&after=${encodeURIComponent(after)}` : ""}`;

function row({ gameId, name, members }) {
    const place = el("div", { id: `members-${gameId}`, class: "members", hidden: true });
    const open = button("community.members", () => {
        place.hidden = !place.hidden;
        open.setAttribute("aria-expanded", String(!place.hidden));
        if (!place.hidden && place.childElementCount === 0) showMembers(place, gameId);
    }, { kind: "small", label: "community.membersNamed", values: { name } });
    open.setAttribute("aria-expanded", "false");
    open.setAttribute("aria-controls", place.id);
    return el("article", { class: "card" }, el("div", { class: "row" },
        el("div", {}, el("h2", { text: name }), el("p", { class: "soft", t: "community.count", values: { count: members } })),
        el("div", { class: "actions" }, el("a", { class: "button primary small", href: `/messages?community=${gameId}`, t: "community.open", label: "community.openNamed", values: { name } }), open)), place);
}

function showMembers(place, gameId) {
    showList(place, {
        load: async (after) => {
            const { members, next } = await call("GET", `read-messages/communities/${gameId}/members?${query(after)}`);
            return { items: members, next };
        },
        row: ({ login, displayName }) => who(login, displayName),
        empty: "community.noMembers",
    });
}

startPage({ texts: ["players"], needs: "session" }, () => {
    const list = showList(document.querySelector("#communities"), {
        load: async (after) => {
            const { communities, next } = await call("GET", `read-messages/communities?${query(after)}`);
            return { items: communities, next };
        },
        row,
        empty: "community.none",
        emptyAction: el("p", {}, el("a", { href: "/games", t: "community.addGames" })),
        className: "cards",
    });
    document.addEventListener("players", list.reload);
});
