import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { handleForm, textField } from "../form.js";
import { showLoaded } from "../list.js";
import { session } from "../session.js";
import { language, timeElement } from "../texts.js";
import { toast } from "../toast.js";
import { avatar } from "./avatar.js";
import { harmless, words } from "./words.js";

const part = (login) => encodeURIComponent(login);

// The head of a row or card: picture, name, login; a click on it shows more.
export function who(login, displayName, { heading = "p" } = {}) {
    const name = words("span", displayName ?? login, { class: "name" });
    const open = el("button", { type: "button", class: "plain who", on: { click: () => openPlayer(login) } },
        avatar(login), el("span", {}, name, displayName ? el("span", { class: "soft login", text: `@${login}` }) : null));
    return el(heading, { class: "who-line" }, open);
}

// What somebody shows of himself, in a dialog.
export function openPlayer(login) {
    const place = el("div");
    openDialog({ t: "player.title" }, place);
    showLoaded(place, () => call("GET", `edit-profile/${part(login)}`), playerView);
}

function playerView(player) {
    const own = player.login === session()?.account.login;
    return [
        el("div", { class: "row player-head" }, avatar(player.login, { large: true }), el("div", {},
            words("p", player.displayName, { class: "name" }), el("p", { class: "soft", text: `@${player.login}` }),
            el("p", { class: "soft" }, el("span", { t: "player.since" }), " ", timeElement(player.statistics.memberSince, "short")))),
        player.bio ? words("p", player.bio, { class: "said" }) : null,
        preferences(player),
        el("h3", { t: "player.games" }),
        el("ul", { class: "list" }, ...player.games.map((game) => el("li", {}, gameLine(game)))),
        player.links && Object.keys(player.links).length > 0 ? links(player.links) : null,
        own ? null : el("div", { class: "actions" }, ...against(player.login)),
    ].filter(Boolean);
}

export function gameLine({ name, level, rank, rankName, weight, hoursPlayed }) {
    const isRanked = rank !== null && rank !== undefined;
    const more = [rankName || (isRanked ? el("span", { t: "game.rankShort", values: { rank } }) : null),
        hoursPlayed > 0 ? el("span", { t: "game.hours", values: { count: hoursPlayed } }) : null].filter(Boolean);
    return el("div", {}, words("strong", name), " ", el("span", { class: "badge", t: `level.${level}` }), " ",
        weight > 1 ? [el("span", { class: "badge warm", t: `weight.${weight}` }), " "] : null,
        el("span", { class: "soft" }, ...more.flatMap((each, index) => (index > 0 ? [" · ", each] : [each]))));
}

// What somebody prefers, as badges.
export function preferences({ languages, region, playStyle, voiceChat }) {
    const names = new Intl.DisplayNames(language(), { type: "language" });
    const spoken = languages.map((code) => el("li", { class: "badge plain", "data-language": code, text: names.of(code) }));
    const rest = [region && `region.${region}`, playStyle && `style.${playStyle}`, voiceChat && `voice.${voiceChat}`];
    return el("ul", { class: "chips" }, ...spoken, ...rest.filter(Boolean).map((t) => el("li", { class: "badge plain", t })));
}

function links(handles) {
    const facts = Object.entries(handles).map(([where, handle]) => [el("dt", { t: `field.${where}` }), el("dd", { text: handle })]);
    return el("dl", { class: "facts" }, ...facts);
}

// What one does about somebody who does harm.
function against(login) {
    return [
        button("report.action", () => askReport(login), { kind: "small" }),
        button("block.action", () => block(login), { kind: "small" }),
    ];
}

// Asks for a reason and reports somebody, or one message of his.
export function askReport(login, messageId) {
    const form = el("form", { method: "post" }, el("p", { t: messageId ? "report.message" : "report.text", values: { login } }),
        textField("reason", "field.reason", { required: true, maxlength: 1000 }),
        el("button", { type: "submit", class: "button primary", t: "report.send" }));
    handleForm(form, async ({ reason }) => {
        await call("POST", "match/reports", { body: { login, reason, ...(messageId ? { messageId } : {}) } });
        dialog.close();
        toast("report.done");
    });
    const dialog = openDialog("report.title", form);
}

// Asks, and blocks; says afterwards to the whole page that it happened.
export async function block(login) {
    if (!(await confirmed({ title: "block.title", text: "block.text", action: "block.action", values: { login }, danger: true }))) return;
    await call("PUT", `match/blocks/${part(login)}`);
    document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
    toast("block.done", { login });
    document.dispatchEvent(new CustomEvent("players", { detail: { blocked: login } }));
}

// Asks somebody to play together.
export function askRequest(login, displayName, done) {
    const form = el("form", { method: "post" }, el("p", { t: "request.text", values: { name: harmless(displayName ?? login) } }),
        textField("note", "field.note", { hint: "request.hint", maxlength: 280 }),
        el("button", { type: "submit", class: "button primary", t: "request.send" }));
    handleForm(form, async (body) => {
        const { status } = await call("POST", "match/requests", { body: { to: login, ...body } });
        dialog.close();
        toast(status === "accepted" ? "request.crossed" : "request.sent");
        done?.();
    });
    const dialog = openDialog("request.title", form);
}

document.addEventListener("language", () => {
    const names = new Intl.DisplayNames(language(), { type: "language" });
    for (const chip of document.querySelectorAll("[data-language]")) chip.textContent = names.of(chip.dataset.language);
});
