import { Problem } from "../api.js";
import { el } from "../dom.js";
import { session } from "../session.js";
import { putLabel } from "../texts.js";

const longest = 100_000;
const listening = 5000;

// Makes a call as it is written and shows the answer as it came, also a refusal. `withLogin` says whether the login of
// this tab goes with it.
export async function showAnswer(place, method, path, body, { type = "application/json", withLogin = true } = {}) {
    const headers = { Accept: "application/json" };
    const token = session()?.accessToken;
    if (withLogin && token) headers.Authorization = `Bearer ${token}`;
    const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
    if (hasBody) headers["Content-Type"] = type;
    const begun = performance.now();
    let response;
    try {
        response = await fetch(path, { method, headers, body: hasBody ? body : undefined, cache: "no-store", signal: AbortSignal.timeout(60_000) });
    } catch {
        throw new Problem("offline");
    }
    const kind = response.headers.get("Content-Type") ?? "";
    const blob = kind.startsWith("text/event-stream") ? await beginning(response.body) : await response.blob();
    const milliseconds = Math.round(performance.now() - begun);
    place.replaceChildren(
        el("p", { class: "answer-head" }, el("span", { class: response.ok ? "badge" : "badge bad", text: `${response.status} ${response.statusText}`.trim() }), " ",
            el("span", { class: "soft", t: "answer.took", values: { count: milliseconds } }), " ", el("span", { class: "soft", text: kind })),
        await shown(blob, kind));
}

// What a stream without end says in its first seconds.
async function beginning(stream) {
    const reader = stream.getReader();
    const timer = setTimeout(() => reader.cancel(), listening);
    const parts = [];
    for (let read = await reader.read(); !read.done; read = await reader.read()) parts.push(read.value);
    clearTimeout(timer);
    return new Blob(parts);
}

async function shown(blob, kind) {
    if (blob.size === 0) return el("p", { class: "soft", t: "answer.empty" });
    if (kind.startsWith("image/png")) {
        const image = el("img", { src: URL.createObjectURL(blob) });
        putLabel(image, "alt", "answer.image");
        return image;
    }
    const text = await blob.slice(0, longest).text();
    return el("pre", { class: "log-lines", tabindex: "0", role: "region", label: "answer.title", text: pretty(text) });
}

function pretty(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}
