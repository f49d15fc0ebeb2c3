import { call } from "../api.js";
import { button, el } from "../dom.js";
import { failure, loading } from "../list.js";
import { startPage } from "../page.js";
import { avatar } from "../players/avatar.js";
import { onNews } from "../players/live.js";
import { showThread } from "../players/thread.js";
import { words } from "../players/words.js";
import { session } from "../session.js";
import { timeElement } from "../texts.js";

const find = (css) => document.querySelector(css);
let conversations = [];
let next = null;
let open = null;
let thread = null;
let asked = 0;
let shown = 0;

// The conversations, from the newest, as many as were shown so far.
async function refresh() {
    const mine = (asked += 1);
    const wanted = Math.max(20, conversations.length);
    const answer = await call("GET", `read-messages?limit=${Math.min(100, wanted)}`);
    if (mine !== asked) return;
    conversations = answer.conversations;
    next = answer.next;
    meetFirst();
    draw();
}

// A conversation that was opened before it had a message gets its id with the first one, whoever wrote it.
function meetFirst() {
    if (!thread || open.conversationId) return;
    const begun = conversations.find((each) => addressOf(each) === addressOf(open));
    if (!begun) return;
    open = begun;
    thread.begin(begun.conversationId);
}

async function more() {
    const answer = await call("GET", `read-messages?limit=20&after=${encodeURIComponent(next)}`);
    const known = new Set(conversations.map(({ conversationId }) => conversationId));
    conversations.push(...answer.conversations.filter(({ conversationId }) => !known.has(conversationId)));
    next = answer.next;
    draw();
}

let drawn = null;

// What stands there already stays, so that nothing moves away below a finger.
function draw() {
    const wanted = JSON.stringify([conversations, next, open && addressOf(open)]);
    if (wanted === drawn) return;
    drawn = wanted;
    const rows = conversations.map((conversation) => el("li", {}, row(conversation)));
    const focused = document.activeElement?.closest?.("#conversations a")?.getAttribute("href");
    find("#conversations").replaceChildren(rows.length > 0 ? el("ul", { class: "list" }, ...rows)
        : el("div", { class: "empty" }, el("p", { t: "messages.none" }), el("p", {}, el("a", { href: "/match", t: "messages.find" }))),
        next ? button("list.more", more, { kind: "small" }) : "");
    if (focused) find(`#conversations a[href="${CSS.escape(focused)}"]`)?.focus();
}

const addressOf = ({ conversationId, community, with: other }) =>
    community ? `/messages?community=${community.gameId}` : other.login ? `/messages?to=${encodeURIComponent(other.login)}` : `/messages?conversation=${conversationId}`;

function row(conversation) {
    const { with: other, community, unread, lastMessage } = conversation;
    const name = community ? el("span", { class: "name", text: community.name })
        : other.login === null ? el("span", { class: "name", t: "messages.erased" }) : words("span", other.displayName ?? other.login, { class: "name" });
    const isOpen = open && addressOf(open) === addressOf(conversation);
    return el("a", { class: "conversation", href: addressOf(conversation), "aria-current": isOpen ? "true" : null },
        community ? el("span", { class: "avatar letter", "aria-hidden": "true", text: community.name.slice(0, 1) }) : other.login ? avatar(other.login) : el("span", { class: "avatar" }),
        el("span", { class: "about" }, el("span", { class: "row" }, name, lastMessage ? timeElement(lastMessage.sentAt, "ago") : null),
            el("span", { class: "row" }, preview(lastMessage), unread > 0 ? el("span", { class: "badge" }, el("span", { "aria-hidden": "true", text: String(unread) }), el("span", { class: "unseen", t: "nav.unread", values: { count: unread } })) : null)));
}

function preview(message) {
    if (!message) return el("span", { class: "soft preview" });
    if (message.deleted) return el("span", { class: "soft preview", t: "messages.tombstone" });
    return words("span", message.display ?? message.body ?? "", { class: "soft preview" });
}

// Shows the conversation that the address names; an address that names none leads to the list.
async function show() {
    const mine = (shown += 1);
    thread?.end();
    thread = null;
    const found = await named(new URLSearchParams(location.search));
    if (mine !== shown) return;
    open = found;
    find(".mail").classList.toggle("one", open !== null);
    draw();
    if (open) {
        thread = showThread(find("#thread"), open, () => refresh().catch(() => {}));
        meetFirst();
    } else find("#thread").replaceChildren(el("p", { class: "empty", t: conversations.length > 0 ? "messages.choose" : "messages.here" }));
}

async function named(asked) {
    const to = asked.get("to")?.toLowerCase();
    const community = asked.get("community");
    const id = asked.get("conversation");
    if (!to && !community && !id) return null;
    const isNamed = (each) => each.conversationId === id || (community && each.community?.gameId === community) || (to && each.with?.login?.toLowerCase() === to);
    while (!conversations.some(isNamed) && next) await more();
    const known = conversations.find(isNamed);
    if (known) return known;
    if (to) return { conversationId: null, with: await person(to) };
    return community ? newCommunity(community) : null;
}

// Whoever may not be seen is called by the login that was asked for; sending tells whether he can be written to.
const person = (login) => call("GET", `edit-profile/${encodeURIComponent(login)}`).then(
    (player) => ({ login: player.login, displayName: player.displayName }), () => ({ login, displayName: null }));

async function newCommunity(gameId) {
    const { name } = await call("GET", `browse-games/${encodeURIComponent(gameId)}`);
    const { communities } = await call("GET", "read-messages/communities?limit=100");
    const own = communities.find((each) => each.gameId === gameId);
    return { conversationId: own?.conversationId ?? null, community: { gameId, name } };
}

// Links to conversations change the page without loading it anew; Back leads through them.
async function go(event) {
    const link = event.target.closest?.("a");
    if (!link || link.pathname !== "/messages" || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (link.href !== location.href) history.pushState(null, "", link.href);
    await start();
    const place = matchMedia("(pointer: fine)").matches ? find("#thread textarea") : find("#thread h2 button, #thread h2");
    (place ?? find("main")).focus();
}

async function start() {
    try {
        await show();
    } catch (problem) {
        find("#thread").replaceChildren(failure(problem, start));
    }
}

async function begin() {
    find("#conversations").replaceChildren(loading());
    if (!thread) find("#thread").replaceChildren(loading());
    drawn = null;
    try {
        await refresh();
        await start();
    } catch (problem) {
        find("#conversations").replaceChildren(failure(problem, begin));
        if (!thread) find("#thread").replaceChildren();
    }
}

startPage({ texts: ["players"], needs: "session" }, async (main) => {
    main.addEventListener("click", go);
    addEventListener("popstate", start);
    let timer;
    onNews(({ type }) => {
        if (type === "notification" || !session()) return;
        clearTimeout(timer);
        timer = setTimeout(() => refresh().catch(() => {}), 400);
    });
    document.addEventListener("players", () => begin());
    await begin();
});
