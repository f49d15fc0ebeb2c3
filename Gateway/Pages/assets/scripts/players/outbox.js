import { askLogin, call, Problem } from "../api.js";
import { onSession, owner, session } from "../session.js";

// Messages on their way: sent one after the other, and again under the same clientMessageId where an answer did not
// come, so that none is ever there twice. They outlast a reload of this tab, and a login that has lapsed; whoever logs
// out takes them along.
const place = "outbox";
const mostTries = 4;
const passing = ["offline", "unavailable", "overloaded", "rate-limited", "deadline-exceeded", "worker-failed"];
const listeners = new Set();
let waiting = read();
let turn = Promise.resolve();

// Calls `listener(entry, answer)` whenever a message was sent, or `listener(entry)` where its state has changed.
// Gives a function that ends it.
export function onOutbox(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

// What waits for a target, `{to}` or `{community}`; each `{clientMessageId, body, target, state, problem, wantsLogin}`,
// the state being "sending" or "failed".
export const waitingFor = (target) => waiting.filter((entry) => JSON.stringify(entry.target) === JSON.stringify(target));

export function send(target, body) {
    const entry = { clientMessageId: uuid(), owner: owner().accountId, target, body, state: "sending" };
    waiting.push(entry);
    enqueue(entry);
}

export function sendAgain(entry) {
    entry.state = "sending";
    enqueue(entry);
}

export function discard(entry) {
    waiting = waiting.filter((each) => each !== entry);
    changed(entry);
}

function enqueue(entry) {
    changed(entry);
    turn = turn.then(() => attempt(entry));
}

async function attempt(entry) {
    for (let tried = 1; waiting.includes(entry); tried += 1) {
        try {
            const { target, body, clientMessageId } = entry;
            const answer = await call("POST", "send-message", { body: { ...target, body, clientMessageId }, asks: false });
            waiting = waiting.filter((each) => each !== entry);
            return changed(entry, answer);
        } catch (problem) {
            if (!passing.includes(problem.slug) || tried === mostTries) return fail(entry, problem);
            await new Promise((resolve) => setTimeout(resolve, (problem.retryAfter || tried) * 1000));
        }
    }
}

function fail(entry, problem) {
    if (!(problem instanceof Problem)) console.error(problem);
    entry.state = "failed";
    entry.problem = problem.key ?? "problem.unknown";
    entry.mayPass = passing.includes(problem.slug);
    entry.wantsLogin = problem.slug === "unauthorized";
    changed(entry);
    if (entry.wantsLogin) askLogin().catch(() => {});
}

function changed(entry, answer) {
    mark();
    try {
        sessionStorage.setItem(place, JSON.stringify(waiting));
    } catch {
        // Without storage they last as long as the page.
    }
    for (const listener of listeners) listener(entry, answer);
}

function read() {
    try {
        return (JSON.parse(sessionStorage.getItem(place)) ?? []).filter((entry) => entry.owner === owner()?.accountId);
    } catch {
        return [];
    }
}

// While something waits, the page asks for a login where it stands instead of leading away.
function mark() {
    document.documentElement.toggleAttribute("data-unsent", waiting.length > 0);
}

// Once there is a network or a login again, what failed for want of it goes out by itself.
function sendFailed(isMeant) {
    for (const entry of waiting) if (entry.state === "failed" && isMeant(entry)) sendAgain(entry);
}

addEventListener("online", () => sendFailed(({ mayPass }) => mayPass));

onSession((now) => {
    waiting = waiting.filter(({ owner }) => owner === now?.account.accountId);
    mark();
    if (waiting.length === 0) sessionStorage.removeItem(place);
    else sendFailed(({ wantsLogin }) => wantsLogin);
});

// What a reload interrupted may have been sent or not; its id keeps it from being there twice.
mark();
if (session()) {
    for (const entry of waiting) if (entry.state === "sending") turn = turn.then(() => attempt(entry));
    sendFailed(({ wantsLogin }) => wantsLogin);
}

// A random UUID (RFC 9562, section 5.4), also where the address is not one that browsers call secure.
function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
