import { call } from "../api.js";
import { el } from "../dom.js";

// Pictures of players, which are shown to those alone who prove who they are, so that no `src` can name them.
const kept = new Map();
const seen = "IntersectionObserver" in globalThis ? new IntersectionObserver(show, { rootMargin: "200px" }) : null;

// The picture of a player, fetched once it comes into sight; beside a name, so it says nothing by itself.
export function avatar(login, { large = false } = {}) {
    const size = large ? 128 : 48;
    const picture = el("img", { class: large ? "avatar large" : "avatar", alt: "", width: size, height: size, "data-login": login });
    picture.src = blank;
    if (seen) seen.observe(picture);
    else fill(picture);
    return picture;
}

// Shows a picture that has changed, wherever it stands.
export function refreshAvatar(login) {
    kept.delete(login);
    for (const picture of document.querySelectorAll(".avatar")) if (picture.dataset.login === login) fill(picture);
}

function show(entries) {
    for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        fill(target);
    }
}

async function fill(picture) {
    const { login } = picture.dataset;
    if (!kept.has(login)) kept.set(login, load(login));
    try {
        picture.src = await kept.get(login);
    } catch {
        kept.delete(login);
    }
}

async function load(login) {
    const response = await call("GET", `edit-profile/${encodeURIComponent(login)}/avatar`, { raw: true, headers: { Accept: "image/png" } });
    return URL.createObjectURL(await response.blob());
}

const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
