import { call } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, el, whileBusy } from "../dom.js";
import { handleForm } from "../form.js";
import { showList, showLoaded } from "../list.js";
import { startPage } from "../page.js";
import { avatar, refreshAvatar } from "../players/avatar.js";
import { editEntry } from "../players/library-form.js";
import { gameLine, openPlayer } from "../players/person.js";
import { fillZones, languageChoice, squarePNG } from "../players/profile-form.js";
import { weekGrid } from "../players/week-grid.js";
import { owner } from "../session.js";
import { timeElement } from "../texts.js";
import { toast } from "../toast.js";

const plain = ["displayName", "bio", "birthDate", "region", "timeZone", "playStyle", "voiceChat", "visibility"];
const handles = ["discord", "steam", "twitch"];
const braked = ["availability", "timeZone"];
const find = (css) => document.querySelector(css);
let known = null;
let isChanged = false;
let week;
let spoken;

const load = () => call("GET", "edit-profile").catch((problem) => {
    if (problem.slug === "not-found") return null;
    throw problem;
});

function fill(profile) {
    const { elements } = find("#profile");
    known = profile;
    for (const name of plain) if (profile?.[name] !== undefined) elements[name].value = profile[name];
    for (const name of handles) elements[name].value = profile?.links?.[name] ?? "";
    fillZones(elements.timeZone, profile?.timeZone);
    spoken.set(profile?.languages ?? []);
    week.set(profile?.availability ?? []);
    elements.birthDate.readOnly = profile !== null;
    elements.birthDate.max = new Date().toISOString().slice(0, 10);
    find("#new").hidden = profile !== null;
    find("#view").hidden = profile === null;
    isChanged = false;
}

// The whole profile as the form has it; what is not filled in is left out.
function wanted(values) {
    const profile = Object.fromEntries(plain.filter((name) => values[name]).map((name) => [name, values[name]]));
    if (spoken.get().length > 0) profile.languages = spoken.get();
    const links = handles.filter((name) => values[name]).map((name) => [name, values[name]]);
    return { bio: "", ...profile, availability: week.windows(), links: Object.fromEntries(links) };
}

// What differs from what is known, so that another tab's changes of other things stay (RFC 7396).
function changes(profile) {
    const names = [...plain, "languages", "availability"];
    const differ = names.filter((name) => JSON.stringify(profile[name]) !== JSON.stringify(known[name]));
    const patch = Object.fromEntries(differ.map((name) => [name, profile[name] ?? null]));
    const links = handles.filter((name) => profile.links[name] !== known.links[name]);
    if (links.length > 0) patch.links = Object.fromEntries(links.map((name) => [name, profile.links[name] ?? null]));
    return patch;
}

async function save(values) {
    find("#braked").replaceChildren();
    if (week.tooMany()) return toast("profile.tooMany", {}, "bad");
    const profile = wanted(values);
    if (known === null) {
        fill(await call("PUT", "edit-profile", { body: profile }));
        refreshAvatar(owner().login);
        return toast("profile.made");
    }
    const patch = changes(profile);
    if (Object.keys(patch).length === 0) {
        isChanged = false;
        return toast("profile.same", {}, "");
    }
    try {
        fill(await call("PATCH", "edit-profile", { body: patch }));
        toast("profile.saved");
    } catch (problem) {
        if (problem.slug !== "rate-limited" || !braked.some((name) => name in patch)) throw problem;
        await saveRest(patch, problem.retryAfter);
    }
}

// The week may change five times a day: all else is saved, and said until when the week has to wait.
async function saveRest(patch, seconds) {
    const rest = Object.fromEntries(Object.entries(patch).filter(([name]) => !braked.includes(name)));
    if (Object.keys(rest).length > 0) known = await call("PATCH", "edit-profile", { body: rest });
    const until = new Date(Date.now() + seconds * 1000).toISOString();
    find("#braked").replaceChildren(el("div", { class: "note warn", role: "alert" }, el("p", {},
        el("span", { t: "profile.braked" }), " ", timeElement(until, "moment"), ". ",
        Object.keys(rest).length > 0 ? el("span", { t: "profile.restSaved" }) : null)));
}

function showPicture() {
    const { login } = owner();
    const file = el("input", { type: "file", id: "picture", accept: "image/*", class: "unseen", tabindex: "-1", label: "profile.choose" });
    const choose = button("profile.choose", () => file.click(), { kind: "small" });
    file.addEventListener("change", () => file.files[0] && whileBusy(choose, () => send(file, login)));
    find("#avatar").append(avatar(login, { large: true }), el("div", {}, el("p", { t: "profile.pictureText" }),
        el("div", { class: "actions" }, file, choose, button("profile.removePicture", () => removePicture(login), { kind: "small" }))));
}

async function send(file, login) {
    let picture;
    try {
        picture = await squarePNG(file.files[0]);
    } catch {
        return toast("profile.noPicture", {}, "bad");
    } finally {
        file.value = "";
    }
    await call("PUT", "edit-profile/avatar", { body: picture });
    refreshAvatar(login);
    toast("profile.pictureSaved");
}

async function removePicture(login) {
    if (!(await confirmed({ title: "profile.removePicture", text: "profile.removePictureText", action: "profile.removePicture" }))) return;
    await call("DELETE", "edit-profile/avatar");
    refreshAvatar(login);
    toast("profile.pictureRemoved");
}

function showGames() {
    const list = showList(find("#games"), {
        load: async (after) => {
            const { games, next } = await call("GET", `browse-games/library?limit=20${after ? `&after=${encodeURIComponent(after)}` : ""}`);
            return { items: games, next };
        },
        row: (game) => el("div", { class: "row" }, gameLine(game),
            button("game.edit", () => editEntry(game.gameId, game, () => list.reload()), { kind: "small", label: "game.editNamed", values: { name: game.name } })),
        empty: "game.none",
    });
}

startPage({ texts: ["players"], needs: "session" }, async () => {
    const form = find("#profile");
    week = weekGrid(() => (isChanged = true));
    find("#week").append(week.element);
    spoken = languageChoice(form.elements.languages, find("#languages"));
    handleForm(form, save);
    form.addEventListener("input", () => (isChanged = true));
    addEventListener("beforeunload", (event) => isChanged && event.preventDefault());
    find("#view").append(button("profile.view", () => openPlayer(owner().login), { kind: "small" }));
    await showLoaded(find("#state"), load, (profile) => {
        fill(profile);
        find("#about").hidden = false;
        showPicture();
        showGames();
        return [];
    });
});
