import { dropSession, hasBegun, isAtWork, lapseSession, session } from "./session.js";
import { hasText, t } from "./texts.js";

const patience = 30_000;
const triesWhenBusy = 3;

// What a call was refused with. `slug` is the last part of the problem's type, or `offline` where no answer came.
export class Problem extends Error {
    constructor(slug, { status = 0, retryAfter = 0, answer = {} } = {}) {
        super(slug);
        this.slug = slug;
        this.status = status;
        this.retryAfter = retryAfter;
        // The problem document, for what some of them carry besides, such as a renewal token.
        this.answer = answer;
    }

    // The names of the members at fault.
    get fields() {
        return (this.answer.errors ?? []).map(({ pointer }) => pointer.split("/")[1]).filter(Boolean);
    }

    // A sentence for people, in their language.
    get sentence() {
        return t(this.key, { count: this.retryAfter || 1 });
    }

    get key() {
        return hasText(`problem.${this.slug}`) ? `problem.${this.slug}` : "problem.unknown";
    }
}

// Calls a function, `call("GET", "manage-account")`, or an address that begins with `/`. Takes JSON or a Blob as
// `body`, and gives the answer's JSON, null where there is no content, or the Response itself where `raw`.
// Throws a Problem. A GET is tried again where the installation is busy; a call whose login has ended leads to a new one,
// but where `asks` is false.
export async function call(method, path, { body, signal, raw = false, asks = true, headers = {} } = {}) {
    for (let tried = 1; ; tried += 1) {
        const token = session()?.accessToken;
        const response = await send(method, path, body, headers, signal);
        if (response.ok) return raw ? response : content(response);
        const problem = await refusal(response);
        if (problem.slug === "unauthorized" && hasBegun() && (isAnother(token) || (asks && (await isBegunAnew(method))))) continue;
        if (method !== "GET" || response.status !== 503 || tried === triesWhenBusy) throw problem;
        await new Promise((resolve) => setTimeout(resolve, Math.min(problem.retryAfter || tried, 5) * 1000));
    }
}

async function send(method, path, body, headers, signal) {
    const token = session()?.accessToken;
    const fields = { Accept: "application/json", ...headers };
    if (token) fields.Authorization = `Bearer ${token}`;
    if (body !== undefined) fields["Content-Type"] = body instanceof Blob ? body.type : "application/json";
    const limit = AbortSignal.timeout(patience);
    try {
        return await fetch(path.startsWith("/") ? path : `/function/${path}`, {
            method,
            headers: fields,
            body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
            cache: "no-store",
        });
    } catch (error) {
        if (signal?.aborted) throw error;
        throw new Problem(error.name === "TimeoutError" ? "deadline-exceeded" : "offline");
    }
}

async function content(response) {
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
}

let hasDeclined = false;
let isPrivate = false;

// Says that the page is for somebody logged in alone. Others stay where they are when the login ends, since what they
// show may be all that there is of it, such as new credentials.
export function leaveWhenEnded() {
    isPrivate = true;
}

// Whether there is another login than the one that has ended.
const isAnother = (ended) => session() && session().accessToken !== ended;

// Whoever does something, has typed something, or has something unsent, is asked for a new login where he is, so that
// nothing is lost; whoever only looks is led to the login page and back, where the page is for nobody else. Who declines is asked again when he does
// something, and not for what the page looks after by itself.
async function isBegunAnew(method) {
    const isDoing = method !== "GET";
    if (isDoing || (isPrivate && isAtWork())) return isDoing || !hasDeclined ? askLogin() : false;
    dropSession();
    if (isPrivate) goToLogin("ended");
    return false;
}

// Asks for a new login where the page stands; fulfilled with whether there is one.
export async function askLogin() {
    lapseSession();
    const { logInAgain } = await import("./proof.js");
    const isBegun = await logInAgain();
    hasDeclined = !isBegun;
    return isBegun;
}

async function refusal(response) {
    const answer = await response.json().catch(() => ({}));
    const type = typeof answer.type === "string" ? answer.type : "";
    const slug = type.split("urn:passerelle:problem:")[1] ?? (response.status >= 500 ? "unavailable" : "unknown");
    const retryAfter = Number(response.headers.get("Retry-After")) || 0;
    return new Problem(slug, { status: response.status, retryAfter, answer });
}

// Leads to the login, and back here after it.
export function goToLogin(why) {
    const query = new URLSearchParams({ to: location.pathname + location.search + location.hash });
    if (why) query.set("why", why);
    location.replace(`/login?${query}`);
}
