import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { showList } from "../list.js";
import { withFreshLogin } from "../proof.js";
import { owner } from "../session.js";
import { toast } from "../toast.js";
import { facts, when } from "./parts.js";
import { askRotation } from "./rotation.js";

const soon = 14 * 86_400_000;
const named = (t, value, end) => el("span", { class: "together" }, el("span", { t }), " ", value, end);
const kinds = { active: "badge", pending: "badge warn", locked: "badge bad" };

// One account in the list; `picked` is the set of logins that are chosen, `changed` is called when the list is to be
// read anew.
export function accountRow(account, picked, changed) {
    const { login, status, roles, createdAt, lastSeenAt, credentialsExpireAt } = account;
    const box = el("input", { type: "checkbox", label: "accounts.pick", values: { login }, checked: picked.has(login), disabled: login === owner().login });
    box.addEventListener("change", () => {
        if (box.checked) picked.add(login);
        else picked.delete(login);
        document.dispatchEvent(new CustomEvent("picked"));
    });
    const isSoon = new Date(credentialsExpireAt) - Date.now() < soon;
    const what = el("div", { class: "pick" }, el("label", {}, box), el("div", {},
        el("p", {}, el("strong", { class: "login-name", text: login }), " ", el("span", { class: kinds[status], t: `status.${status}` }), " ",
            ...roles.map((role) => el("span", { class: "badge", t: `role.${role}` }))),
        el("p", { class: "soft" }, named("accounts.expires", el("span", { class: isSoon ? "badge warn" : "" }, when(credentialsExpireAt, "short")), " ·"), " ",
            named("accounts.seen", when(lastSeenAt, "ago"), " ·"), " ", named("accounts.made", when(createdAt, "short")))));
    return el("div", { class: "row", "data-login": login }, what, button("accounts.manage", () => manage(account, changed), { kind: "small", label: "accounts.manageNamed", values: { login } }));
}

function manage({ login, status, roles }, changed) {
    const path = `manage-account/accounts/${encodeURIComponent(login)}`;
    const isSelf = login === owner().login;
    const act = (title, method, end, done) => button(`accounts.${title}`, async () => {
        if (!(await confirmed({ title: `accounts.${title}`, text: `accounts.${title}Text`, action: `accounts.${title}`, values: { login }, danger: method !== "DELETE" || end !== "lock" }))) return;
        await withFreshLogin(() => call(method, `${path}/${end}`));
        dialog.close();
        toast(done, { login });
        changed();
    });
    const rotate = button("accounts.rotate", () => {
        dialog.close();
        askRotation({ login }, { text: "rotation.one", values: { login }, done: changed });
    });
    const isAdmin = roles.includes("admin");
    const links = el("div", { id: "links" });
    const dialog = openDialog({ t: "accounts.named", values: { login } },
        el("div", { class: "actions" },
            status === "locked" ? act("unlock", "DELETE", "lock", "accounts.unlocked") : act("lock", "PUT", "lock", "accounts.locked"),
            isAdmin ? act("demote", "DELETE", "roles/admin", "accounts.demoted") : act("promote", "PUT", "roles/admin", "accounts.promoted"),
            isSelf ? el("a", { class: "button", href: "/renew", t: "accounts.renewOwn" }) : rotate),
        el("h3", { t: "accounts.links" }), links);
    showLinks(links, path, login);
}

function showLinks(place, path, login) {
    const end = el("div", { class: "actions", hidden: true }, button("accounts.revoke", async () => {
        if (!(await confirmed({ title: "accounts.revoke", text: "accounts.revokeText", action: "accounts.revoke", values: { login }, danger: true }))) return;
        await withFreshLogin(() => call("DELETE", `${path}/handouts`));
        toast("accounts.revoked", { login });
        list.reload();
    }, { kind: "small" }));
    const box = el("div", {});
    place.replaceChildren(box, end);
    const list = showList(box, {
        load: async (after) => {
            const { handouts, next } = await call("GET", `${path}/handouts${after ? `?after=${after}` : ""}`);
            end.hidden = !handouts.some(({ status }) => status === "open");
            return { items: handouts, next };
        },
        row: ({ purpose, status, createdAt, expiresAt, claimedAt }) => el("div", {},
            el("p", {}, el("span", { class: status === "open" ? "badge warn" : "badge", t: `link.${status}` }), " ", el("span", { class: "soft", t: `purpose.${purpose}` })),
            facts(["link.made", when(createdAt)], status === "claimed" ? ["link.claimed", when(claimedAt)] : ["handout.until", when(expiresAt)])),
        empty: "accounts.noLinks",
    });
}
