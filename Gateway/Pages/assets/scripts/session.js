// The login of this tab: in memory and in session storage, shared with other open tabs, and nowhere else.
const place = "session";
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("passerelle") : null;
const listeners = new Set();
const patience = 10_000;
const breath = 50;
let current = read();
let settle;
let letGo;

// Fulfilled once it is known whether there is a login: at once from this tab's storage, or after the others were asked.
export const ready = new Promise((resolve) => (settle = resolve));

// `{accessToken, expiresAt, account: {accountId, login, roles}, credentials: {version, expiresAt, renewSoon}}` or null.
export const session = () => (current && new Date(current.expiresAt) > new Date() ? current : null);
// Whether there was a login that nobody ended here, even if it has lapsed meanwhile.
export const hasBegun = () => current !== null;
// Who that login is of.
export const owner = () => current?.account ?? null;
export const isAdmin = () => session()?.account.roles.includes("admin") ?? false;

// Calls `listener` whenever a login begins or ends; gives a function that stops it.
export function onSession(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

// Begins with what `verify-login` answered.
export function openSession({ accessToken, expiresAt, account, credentials }) {
    take({ accessToken, expiresAt, account, credentials });
    channel?.postMessage({ type: "opened", session: current });
}

// Forgets the login, in the other tabs too. The session on the server ends by itself, or by `DELETE /sessions/{sid}`.
export function closeSession() {
    take(null);
    channel?.postMessage({ type: "closed" });
}

// The same for a login that has ended by itself. Another tab, where something would be lost with it, keeps what it shows
// and asks for a new one.
export function dropSession() {
    const token = current?.accessToken;
    take(null);
    channel?.postMessage({ type: "ended", token });
}

// Counts the login as lapsed where it is not taken any more: what is shown stays, and the next login goes on with it.
export function lapseSession() {
    if (current) keep({ ...current, expiresAt: new Date(0).toISOString() });
    showOthers();
}

// Whether there is something here that somebody has typed, or sent in vain so far.
export const isAtWork = () => document.querySelector("form[data-typed], [data-unsent]") !== null;

// What the login's account is called now, after a change.
export function renameSession(login) {
    if (current) openSession({ ...current, account: { ...current.account, login } });
}

function take(next) {
    keep(next);
    settle();
    showOthers();
    for (const listener of listeners) listener(session());
}

function keep(next) {
    current = next;
    try {
        if (next) sessionStorage.setItem(place, JSON.stringify(next));
        else sessionStorage.removeItem(place);
    } catch {
        // Without storage the login lasts as long as the page.
    }
}

function hearOfEnd(token) {
    if (current?.accessToken !== token) return;
    if (isAtWork()) lapseSession();
    else take(null);
}

// While this tab has a login it holds a lock that all may share, so that a new tab knows whether it is worth waiting.
function showOthers() {
    if (!session()) {
        letGo?.();
        letGo = null;
    } else if (!letGo) {
        const end = new Promise((resolve) => (letGo = resolve));
        navigator.locks?.request(place, { mode: "shared" }, () => end).catch(() => {});
    }
}

// Asks the other tabs for their login, and waits for an answer as long as one of them has any: a tab may be slow.
async function askOthers() {
    const end = Date.now() + (navigator.locks ? patience : breath * 10);
    while (!session() && Date.now() < end && (await isHeldElsewhere())) {
        channel.postMessage({ type: "who" });
        await new Promise((resolve) => setTimeout(resolve, breath));
    }
    settle();
}

async function isHeldElsewhere() {
    if (!navigator.locks) return true;
    const { held } = await navigator.locks.query();
    return held.some(({ name }) => name === place);
}

function read() {
    try {
        return JSON.parse(sessionStorage.getItem(place));
    } catch {
        return null;
    }
}

channel?.addEventListener("message", ({ data }) => {
    if (data.type === "who" && session()) channel.postMessage({ type: "here", session: current });
    if (data.type === "who") showOthers();
    if (data.type === "opened" || (data.type === "here" && !session())) take(data.session);
    if (data.type === "closed") take(null);
    if (data.type === "ended") hearOfEnd(data.token);
});

if (session() || !channel) {
    settle();
    showOthers();
} else {
    askOthers().catch(settle);
}
