import { el } from "../dom.js";
import { language } from "../texts.js";

const codes = `ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lb lt lv mk ml mr
    ms mt nb ne nl nn pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh`.split(/\s+/);
const most = 10;

// The choice of languages: a select that adds one, and a button for each that takes it away. Gives {get, set}.
export function languageChoice(select, list) {
    let chosen = [];
    const name = (code) => new Intl.DisplayNames(language(), { type: "language" }).of(code);

    function draw() {
        const rest = [...new Set([...codes, ...chosen])].filter((code) => !chosen.includes(code))
            .map((code) => ({ code, name: name(code) })).sort((a, b) => a.name.localeCompare(b.name, language()));
        select.replaceChildren(el("option", { value: "", t: "profile.addLanguage" }), ...rest.map(({ code, name }) => el("option", { value: code, text: name })));
        select.disabled = chosen.length >= most;
        list.replaceChildren(...chosen.map((code) => el("li", {}, el("button", {
            type: "button", class: "button small chip", label: "profile.removeLanguage", values: { language: name(code) },
            on: { click: () => change(chosen.filter((each) => each !== code)) },
        }, name(code), el("span", { "aria-hidden": "true", text: " ×" })))));
    }

    function change(next) {
        chosen = next;
        draw();
        select.dispatchEvent(new Event("input", { bubbles: true }));
        select.focus();
    }

    select.addEventListener("change", () => select.value && change([...chosen, select.value]));
    document.addEventListener("language", draw);
    draw();
    return {
        get: () => chosen,
        set(next) {
            chosen = next;
            draw();
        },
    };
}

// Fills the choice of time zones, by continent, with the browser's own chosen.
export function fillZones(select, wanted) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const zones = new Set(["UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? []), own, wanted].filter(Boolean));
    const groups = Map.groupBy ? Map.groupBy([...zones].sort(), continent) : grouped([...zones].sort());
    select.replaceChildren(...[...groups].map(([label, names]) => el("optgroup", { label: null },
        ...names.map((zone) => el("option", { value: zone, text: zone.replaceAll("_", " ") })))));
    [...groups.keys()].forEach((label, index) => (select.children[index].label = label));
    select.value = wanted ?? own;
}

const continent = (zone) => (zone.includes("/") ? zone.split("/")[0] : "–");

function grouped(zones) {
    const groups = new Map();
    for (const zone of zones) groups.set(continent(zone), [...(groups.get(continent(zone)) ?? []), zone]);
    return groups;
}

const side = 256;

// Any picture that the browser can read, as a square PNG of the size that is kept.
export async function squarePNG(file) {
    const picture = await createImageBitmap(file);
    const length = Math.min(picture.width, picture.height);
    const canvas = el("canvas", { width: side, height: side });
    canvas.getContext("2d").drawImage(
        picture, (picture.width - length) / 2, (picture.height - length) / 2, length, length, 0, 0, side, side);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
