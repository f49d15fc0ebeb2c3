// The places that the header leads to, in this order. `for` says whom: guest, player (anyone logged in), admin.
export const places = [
    { path: "/account", t: "nav.account", for: "player" },
];

// Pages that a login may lead back to: every clean path, nothing of another host.
export function isOwnPath(path) {
    return /^\/[a-z][a-z\/-]*(\?[\w=&%.@+-]*)?$/.test(path) && !path.includes("//");
}
