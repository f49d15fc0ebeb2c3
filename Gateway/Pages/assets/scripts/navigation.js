// The places that the header leads to, in this order. `for` says whom: guest, player (anyone logged in), admin.
// `badge` names a count that stands beside it.
export const places = [
    { path: "/match", t: "nav.match", for: "player" },
    { path: "/messages", t: "nav.messages", for: "player" },
    { path: "/communities", t: "nav.communities", for: "player" },
    { path: "/games", t: "nav.games", for: "player" },
    { path: "/profile", t: "nav.profile", for: "player" },
    { path: "/notifications", t: "nav.notifications", for: "player", badge: "notifications" },
    { path: "/account", t: "nav.account", for: "player" },
    { path: "/admin", t: "nav.admin", for: "admin" },
];

// Pages that a login may lead back to: every clean path, nothing of another host.
export function isOwnPath(path) {
    return /^\/[a-z][a-z\/-]*(\?[\w=&%.@+-]*)?(#[\w-]*)?$/.test(path) && !path.includes("//");
}
