// Texts in the reader's language. A dictionary is `assets/texts/<part>.<language>.js`, and both languages have the
// same keys. What is put into the document remembers its key, so that another language replaces it where it stands.
export const languages = { en: "English", fr: "Français" };

const root = document.documentElement;
const parts = new Set();
const attributes = ["aria-label", "placeholder", "title", "alt"];
let dictionary = {};

export const language = () => root.lang;

// Loads parts of the dictionary; those that are there already are not loaded again.
export async function loadTexts(...names) {
    for (const name of names) parts.add(name);
    const files = await Promise.all([...parts].map((part) => import(`/assets/texts/${part}.${root.lang}.js`)));
    dictionary = Object.assign({}, ...files.map((file) => file.default));
}

export const hasText = (key) => key in dictionary;

// The text of a key, `{name}` replaced by the value of that name. A text that depends on a count is an object with
// the plural's forms, chosen by the value `count`.
export function t(key, values = {}) {
    let text = dictionary[key] ?? key;
    if (typeof text === "object") text = text[new Intl.PluralRules(root.lang).select(values.count)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

const shown = (value) => (typeof value === "number" ? new Intl.NumberFormat(root.lang).format(value) : String(value));

// Puts the text of a key into an element, to be replaced when the language changes.
export function put(element, key, values) {
    element.dataset.t = key;
    if (values) element.dataset.tValues = JSON.stringify(values);
    else delete element.dataset.tValues;
    element.textContent = t(key, values);
    return element;
}

// The same for an attribute: aria-label, placeholder, title or alt.
export function putLabel(element, attribute, key, values) {
    element.setAttribute(`data-t-${attribute}`, key);
    if (values) element.dataset.tLabels = JSON.stringify(values);
    element.setAttribute(attribute, t(key, values));
    return element;
}

// A `time` element that shows an instant (RFC 3339) in the reader's language and zone.
export function timeElement(instant, style = "date") {
    const element = document.createElement("time");
    element.dateTime = instant;
    element.dataset.style = style;
    element.textContent = timeText(instant, style);
    return element;
}

const styles = {
    date: { dateStyle: "long" },
    short: { dateStyle: "medium" },
    moment: { dateStyle: "medium", timeStyle: "short" },
    hour: { timeStyle: "short" },
};

export function timeText(instant, style = "date") {
    const time = new Date(instant);
    return style === "ago" ? ago(time) : new Intl.DateTimeFormat(root.lang, styles[style]).format(time);
}

const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(time) {
    const seconds = (time - Date.now()) / 1000;
    const format = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    if (seconds < -30 * 86400) return timeText(time, "short");
    const [unit, length] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
    return unit === "second" ? t("time.now") : format.format(Math.trunc(seconds / length), unit);
}

// Puts every text of the document in the language of now.
export function translate() {
    for (const element of document.querySelectorAll("[data-t]")) {
        element.textContent = t(element.dataset.t, JSON.parse(element.dataset.tValues ?? "{}"));
    }
    for (const attribute of attributes) {
        for (const element of document.querySelectorAll(`[data-t-${attribute}]`)) {
            const values = JSON.parse(element.dataset.tLabels ?? "{}");
            element.setAttribute(attribute, t(element.getAttribute(`data-t-${attribute}`), values));
        }
    }
    showTimes("time[data-style]");
    const title = document.querySelector("title[data-title]");
    if (title) document.title = `${t(title.dataset.title)} · Passerelle`;
}

function showTimes(css) {
    for (const element of document.querySelectorAll(css)) element.textContent = timeText(element.dateTime, element.dataset.style);
}

// What is called "3 minutes ago" does not stay so.
setInterval(() => showTimes('time[data-style="ago"]'), 60_000);

// Changes the language of this and every later page.
export async function chooseLanguage(tag) {
    root.lang = tag;
    try {
        localStorage.setItem("language", tag);
    } catch {
        // A browser that keeps nothing shows the choice on this page alone.
    }
    await loadTexts();
    translate();
    document.dispatchEvent(new CustomEvent("language"));
}
