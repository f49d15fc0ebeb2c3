import { call } from "../api.js";
import { session } from "../session.js";
import { onNews } from "./live.js";
import { put } from "../texts.js";

// How many notifications nobody has read, wherever the header shows it.
let unread = 0;
let asked = 0;

export function showBadge() {
    for (const place of document.querySelectorAll('[data-badge="notifications"]')) {
        place.hidden = unread === 0;
        place.firstChild.textContent = unread > 99 ? "99+" : String(unread);
        put(place.lastChild, "nav.unread", { count: unread });
    }
}

// Says what is known from an answer that had it.
export function setUnread(count) {
    unread = count;
    showBadge();
}

async function ask() {
    if (!session()) return;
    const mine = (asked += 1);
    try {
        const answer = await call("GET", "read-messages/notifications?limit=1");
        if (mine === asked) setUnread(Number(answer.unread) || 0);
    } catch {
        // The header goes on without a number.
    }
}

// What was read may be marked so by the server a little later, and a busy one takes its time: as long as something is
// unread after reading, it is asked for again, ever less often.
const delays = { look: [300], notification: [300], read: [300, 2000, 8000, 20_000, 45_000] };
const timers = {};

onNews(({ type }) => {
    if (!(type in delays)) return;
    timers[type]?.forEach(clearTimeout);
    timers[type] = delays[type].map((delay, index) => setTimeout(() => (index === 0 || unread > 0) && ask(), delay));
});
document.addEventListener("visibilitychange", () => document.hidden || ask());
ask();
