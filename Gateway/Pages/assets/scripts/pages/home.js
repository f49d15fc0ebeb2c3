import { el } from "../dom.js";
import { places } from "../navigation.js";
import { startPage } from "../page.js";
import { isAdmin, onSession, ready, session } from "../session.js";

// Whoever is logged in finds the ways onward in the place of the doors.
function draw() {
    if (!session()) return;
    const seen = places.filter((place) => place.for === "player" || (place.for === "admin" && isAdmin()));
    const [first, ...rest] = seen.map(({ path, t }) => el("a", { class: "button", href: path, t }));
    first.classList.add("primary");
    document.querySelector("#doors").replaceChildren(first, ...rest);
}

startPage({ texts: ["home"] }, async () => {
    onSession(draw);
    await ready;
    draw();
});
