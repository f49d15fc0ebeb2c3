import { call } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, el } from "../dom.js";
import { showList } from "../list.js";
import { startPage } from "../page.js";
import { breakdownChart, scoreRing } from "../players/chart.js";
import { ownLibrary } from "../players/library-form.js";
import { onNews } from "../players/live.js";
import { askReport, askRequest, block, openPlayer, preferences, who } from "../players/person.js";
import { duration, words } from "../players/words.js";
import { session } from "../session.js";
import { timeElement } from "../texts.js";
import { toast } from "../toast.js";

const find = (css) => document.querySelector(css);
const views = ["matches", "requests", "teammates", "blocks"];
const begun = new Set();
const lists = {};

const paged = (path, name) => async (after) => {
    const answer = await call("GET", `match/${path}${after ? `&after=${encodeURIComponent(after)}` : ""}`);
    return { items: answer[name], next: answer.next };
};

// Best first

async function beginMatches() {
    const choice = find("#game");
    lists.matches = [showList(find("#found"), { load: loadMatches, row: card, empty: "match.none", emptyAction: hints(), className: "cards" })];
    choice.addEventListener("change", () => lists.matches[0].reload());
    const own = await ownLibrary().catch(() => new Map());
    choice.append(...[...own.values()].map(({ gameId, name }) => el("option", { value: gameId, text: name })));
}

async function loadMatches() {
    const game = find("#game").value;
    try {
        const { matches } = await call("GET", `match?limit=20${game ? `&game=${game}` : ""}`);
        showWithout(false);
        return { items: matches, next: null };
    } catch (problem) {
        if (problem.slug !== "conflict") throw problem;
        showWithout(true);
        return { items: [], next: null };
    }
}

// Without a profile there is nothing to choose from.
function showWithout(isWithout) {
    find("#without").hidden = !isWithout;
    for (const each of [find("#found"), find("#game").parentElement]) each.hidden = isWithout;
}

const hints = () => el("p", {}, el("a", { href: "/games", t: "match.addGames" }), " · ", el("a", { href: "/profile", t: "match.editProfile" }));

function card({ player, score, breakdown, commonGames, overlapMinutes }) {
    const { login, displayName, bio } = player;
    const names = player.games.filter(({ gameId }) => commonGames.includes(gameId)).map(({ name }) => name);
    const box = el("article", { class: "card match", "data-login": login });
    box.append(
        el("header", { class: "row" }, who(login, displayName, { heading: "h2" }), scoreRing(score)),
        bio ? words("p", bio, { class: "said short" }) : "", preferences(player),
        breakdownChart(breakdown),
        el("dl", { class: "facts" }, el("dt", { t: "match.common" }), el("dd", { text: names.join(", ") }),
            el("dt", { t: "match.overlap" }), el("dd", {}, overlapMinutes > 0 ? el("span", duration(overlapMinutes)) : el("span", { t: "match.noOverlap" }))),
        el("div", { class: "actions" }, button("request.action", () => askRequest(login, displayName, () => gone(box)), { kind: "primary", label: "request.actionNamed", values: { login } }),
            button("player.more", () => openPlayer(login), { label: "player.moreNamed", values: { login } })));
    return box;
}

// Takes what is settled off its list; where it was the last one, the list says that it is empty.
function gone(box) {
    const list = box.closest(".list");
    (box.closest("li") ?? box).remove();
    if (list?.childElementCount === 0) for (const each of Object.values(lists).flat()) if (each.element === list) each.reload();
    keepFocus();
}

// Requests

function beginRequests() {
    lists.requests = ["incoming", "outgoing"].map((direction) => showList(find(`#${direction}`), {
        load: paged(`requests?direction=${direction}${direction === "incoming" ? "&status=pending" : ""}&limit=20`, "requests"),
        row: direction === "incoming" ? incoming : outgoing,
        empty: `match.no-${direction}`,
    }));
}

function incoming(request) {
    const answer = async (how, t) => {
        await call("POST", `match/requests/${request.requestId}/${how}`);
        toast(t, { login: request.from });
        reload("requests", "teammates");
    };
    return el("div", { class: "row", "data-login": request.from }, requestLine(request.from, request), el("div", { class: "actions" },
        button("request.accept", () => answer("accept", "request.accepted"), { kind: "primary small", label: "request.acceptNamed", values: { login: request.from } }),
        button("request.decline", () => answer("decline", "request.declined"), { kind: "small", label: "request.declineNamed", values: { login: request.from } })));
}

function outgoing(request) {
    const withdraw = async () => {
        await call("DELETE", `match/requests/${request.requestId}`);
        toast("request.withdrawn");
        reload("requests");
    };
    return el("div", { class: "row", "data-login": request.to }, requestLine(request.to, request), el("div", { class: "actions" },
        el("span", { class: "badge", t: `status.${request.status}` }),
        request.status === "pending" ? button("request.withdraw", withdraw, { kind: "small", label: "request.withdrawNamed", values: { login: request.to } }) : null));
}

const requestLine = (login, { note, createdAt }) => el("div", {}, who(login), note ? words("p", note, { class: "said" }) : null,
    el("p", { class: "soft" }, timeElement(createdAt, "ago")));

// Teammates and blocks

function beginTeammates() {
    lists.teammates = [showList(find("#mates"), { load: paged("teammates?limit=20", "teammates"), row: teammate, empty: "match.noTeammates" })];
}

function teammate({ login, displayName, since }) {
    const part = async () => {
        if (!(await confirmed({ title: "match.part", text: "match.partText", action: "match.part", values: { login }, danger: true }))) return;
        await call("DELETE", `match/teammates/${encodeURIComponent(login)}`);
        toast("match.parted");
        reload("teammates");
    };
    const line = el("div", {}, who(login, displayName), el("p", { class: "soft" }, el("span", { t: "match.since" }), " ", timeElement(since, "short")));
    return el("div", { class: "row", "data-login": login }, line, el("div", { class: "actions" },
        el("a", { class: "button primary small", href: `/messages?to=${encodeURIComponent(login)}`, t: "match.write", label: "match.writeNamed", values: { login } }),
        button("match.part", part, { kind: "small", label: "match.partNamed", values: { login } }),
        button("report.action", () => askReport(login), { kind: "small", label: "report.actionNamed", values: { login } }),
        button("block.action", () => block(login), { kind: "small", label: "block.actionNamed", values: { login } })));
}

function beginBlocks() {
    lists.blocks = [showList(find("#blocked"), {
        load: paged("blocks?limit=20", "blocks"),
        row: ({ login }) => el("div", { class: "row", "data-login": login }, el("p", { text: login }), button("block.undo", async () => {
            await call("DELETE", `match/blocks/${encodeURIComponent(login)}`);
            toast("block.undone", { login });
            reload("blocks");
        }, { kind: "small", label: "block.undoNamed", values: { login } })),
        empty: "match.noBlocks",
    })];
}

const begin = { matches: beginMatches, requests: beginRequests, teammates: beginTeammates, blocks: beginBlocks };

const shownOf = (names) => names.flatMap((name) => lists[name] ?? []);

async function reload(...names) {
    await Promise.all(shownOf(names).map((list) => list.reload()));
    keepFocus();
}

// Where the button that was pressed is gone with its row, the keyboard goes on from the beginning of the content.
function keepFocus() {
    if (document.activeElement === document.body) find("main").focus({ preventScroll: true });
}

// The part that the address names; Back and reload lead to it again.
function show() {
    const view = views.includes(location.hash.slice(1)) ? location.hash.slice(1) : "matches";
    for (const each of views) find(`#view-${each}`).hidden = each !== view;
    for (const link of document.querySelectorAll(".views a")) {
        if (link.hash === `#${view}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
    }
    if (begun.has(view)) return;
    begun.add(view);
    begin[view]();
}

startPage({ texts: ["players"], needs: "session" }, () => {
    addEventListener("hashchange", show);
    document.addEventListener("players", () => reload(...views));
    onNews(({ type }) => ["notification", "look"].includes(type) && session() && shownOf(["requests", "teammates"]).forEach((list) => list.refresh()));
    show();
});
