import { el } from "../dom.js";
import { startPage } from "../page.js";

const sections = [
    ["/admin", "admin.start"], ["/admin/accounts", "admin.accounts"], ["/admin/audit", "admin.audit"],
    ["/admin/reports", "admin.reports"], ["/admin/functions", "admin.functions"], ["/admin/queue", "admin.queue"],
    ["/admin/master-key", "admin.key"], ["/admin/backups", "admin.backups"],
];

// Begins a page below `/admin`: the ways to the others, and then `run(place)`. Others than admins are told so, and
// nothing else is shown to them.
export function startAdmin(texts, run) {
    return startPage({ texts: ["admin", ...texts], needs: "admin" }, async (main) => {
        const links = sections.map(([path, t]) => el("li", {}, el("a", {
            href: path, t, "aria-current": location.pathname === path ? "page" : null,
        })));
        main.prepend(el("nav", { class: "sections no-print", label: "admin.sections" }, el("ul", {}, ...links)));
        await run(main.querySelector("#place"));
    });
}
