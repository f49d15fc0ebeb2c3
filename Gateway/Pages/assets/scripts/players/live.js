import { onSession, session } from "../session.js";

// News of messages and notifications while a page is open, without text: `{type, ...data}` as the stream of
// `read-messages` tells them, and `{type: "look"}` where something may have been missed and one should look by oneself.
// One tab reads the stream for all; without it, or where a browser cannot agree on that tab, all look now and then.
const listeners = new Set();
const shortest = 1000;
const longest = 10_000;
const silence = 45_000;
let stop;
let whose;

// Calls `listener` with each piece of news until the function that this gives is called.
export function onNews(listener) {
    listeners.add(listener);
    if (listeners.size === 1 && !stop) begin();
    return () => listeners.delete(listener);
}

onSession(() => listeners.size > 0 && session()?.account.accountId !== whose && begin());
addEventListener("online", () => tell({ type: "look" }));
addEventListener("pageshow", ({ persisted }) => persisted && tell({ type: "look" }));

function begin() {
    stop?.abort();
    whose = session()?.account.accountId;
    if (!whose) return;
    stop = new AbortController();
    const { signal } = stop;
    const name = `news-${whose}`;
    const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    if (!others || !navigator.locks) return look(signal);
    others.addEventListener("message", ({ data }) => tell(data));
    signal.addEventListener("abort", () => others.close());
    const toAll = (news) => {
        tell(news);
        if (!signal.aborted) others.postMessage(news);
    };
    navigator.locks.request(name, { signal }, () => follow(signal, toAll)).catch(() => {});
}

function tell(news) {
    for (const listener of listeners) listener(news);
}

async function look(signal) {
    while (!signal.aborted) {
        await pause(longest, signal);
        if (!signal.aborted && !document.hidden) tell({ type: "look" });
    }
}

const pause = (time, signal) => new Promise((resolve) => {
    setTimeout(resolve, time);
    signal.addEventListener("abort", resolve);
});

// Reads the stream, and again from where it was after each end; a login that has lapsed may be followed by another.
async function follow(signal, toAll) {
    const place = { last: "" };
    let wait = shortest;
    while (!signal.aborted) {
        if (!session()) {
            await pause(shortest, signal);
            continue;
        }
        try {
            await readStream(place, signal, toAll, () => (wait = shortest));
        } catch {
            // Whatever ended it: it is begun again.
        }
        await pause(wait * (0.75 + Math.random() / 2), signal);
        wait = Math.min(wait * 2, longest);
        if (!signal.aborted) toAll({ type: "look" });
    }
}

async function readStream(place, signal, toAll, opened) {
    const cut = new AbortController();
    const end = () => cut.abort();
    signal.addEventListener("abort", end);
    let watch = setTimeout(end, silence);
    try {
        const headers = { Authorization: `Bearer ${session().accessToken}`, Accept: "text/event-stream" };
        if (place.last) headers["Last-Event-ID"] = place.last;
        const response = await fetch("/function/read-messages/stream", { headers, signal: cut.signal, cache: "no-store" });
        if (response.status === 400) place.last = "";
        if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) return;
        opened();
        if (!place.last) toAll({ type: "look" });
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        const parse = eventParser(place, toAll);
        for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
            clearTimeout(watch);
            watch = setTimeout(end, silence);
            parse(piece.value);
        }
    } finally {
        clearTimeout(watch);
        signal.removeEventListener("abort", end);
    }
}

// Takes a stream in pieces as they come, and tells each whole event (HTML, section 9.2.6).
function eventParser(place, tellEvent) {
    let rest = "";
    let event = {};
    return (piece) => {
        const lines = (rest + piece).split("\n");
        rest = lines.pop();
        for (const line of lines) {
            if (line === "") {
                finish(event, place, tellEvent);
                event = {};
            } else {
                const [, name, value] = /^([^:]*):? ?(.*?)\r?$/.exec(line) ?? [];
                event[name] = name === "data" && "data" in event ? `${event.data}\n${value}` : value;
            }
        }
    };
}

function finish({ event, data, id }, place, tellEvent) {
    if (id) place.last = id;
    if (event === "reset") tellEvent({ type: "look" });
    else if (event && data) tellEvent({ ...JSON.parse(data), type: event });
}
