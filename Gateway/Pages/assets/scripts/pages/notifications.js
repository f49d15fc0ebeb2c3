import { call } from "../api.js";
import { button, el } from "../dom.js";
import { showList } from "../list.js";
import { startPage } from "../page.js";
import { setUnread } from "../players/badge.js";
import { onNews } from "../players/live.js";
import { timeElement } from "../texts.js";
import { toast } from "../toast.js";

// What each kind tells of, and where one goes on from it.
const kinds = {
    "match-request": ({ from }) => ({ values: { login: from }, href: "/match#requests" }),
    "match-accepted": ({ from }) => ({ values: { login: from }, href: `/messages?to=${encodeURIComponent(from)}` }),
    "message": ({ from, conversationId }) => ({ values: { login: from }, href: `/messages?conversation=${conversationId}` }),
    "credentials-expiring": ({ days }) => ({ values: { count: days }, href: "/renew" }),
    "new-device": () => ({ values: {}, href: "/account" }),
};
let newest = null;
let all;

function row({ type, at, data, read }) {
    const { values, href } = kinds[type]?.(data) ?? { values: {}, href: null };
    const hasEnded = type === "credentials-expiring" && data.days <= 0;
    const key = hasEnded ? "notice.credentials-ended" : !kinds[type] ? "notice.other" : data.from === null ? `notice.${type}-gone` : `notice.${type}`;
    const text = href && data.from !== null ? el("a", { href, t: key, values }) : el("span", { t: key, values });
    return el("div", { class: read ? "row notice" : "row notice unread" },
        el("p", {}, read ? null : [el("span", { class: "badge", t: "notice.new" }), " "], text), timeElement(at, "ago"));
}

async function load(after) {
    const { notifications, next, unread } = await call("GET", `read-messages/notifications?limit=20${after ? `&after=${encodeURIComponent(after)}` : ""}`);
    if (!after) newest = notifications[0]?.notificationId ?? null;
    all.hidden = unread === 0;
    setUnread(unread);
    return { items: notifications, next };
}

startPage({ texts: ["players"], needs: "session" }, () => {
    all = button("notice.readAll", async () => {
        const { unread } = await call("POST", "read-messages/notifications/read", { body: { upTo: newest } });
        setUnread(unread);
        toast("notice.allRead");
        list.reload();
    }, { kind: "small" });
    all.hidden = true;
    document.querySelector("#all").append(all);
    const list = showList(document.querySelector("#notifications"), { load, row, empty: "notice.none" });
    let timer;
    onNews(({ type }) => {
        if (type !== "notification" && type !== "look") return;
        clearTimeout(timer);
        timer = setTimeout(list.refresh, 500);
    });
});
