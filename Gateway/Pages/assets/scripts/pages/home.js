import { el } from "../dom.js";
import { places } from "../navigation.js";
import { startPage } from "../page.js";
import { isAdmin, onSession, ready, session } from "../session.js";

const doors = ["/match", "/messages", "/account", "/admin"];

// Whoever is logged in finds the first ways onward in the place of the doors; the header has them all.
function draw() {
    if (!session()) return;
    const seen = places.filter(({ path }) => doors.includes(path) && (path !== "/admin" || isAdmin()));
    const [first, ...rest] = seen.map(({ path, t }) => el("a", { class: "button", href: path, t }));
    first.classList.add("primary");
    document.querySelector("#doors").replaceChildren(first, ...rest);
}

startPage({ texts: ["home"] }, async () => {
    onSession(draw);
    await ready;
    draw();
});
