import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { field, handleForm, selectField } from "../form.js";
import { harmless } from "./words.js";
import { toast } from "../toast.js";

const levels = ["beginner", "intermediate", "advanced", "expert"];
const weights = [1, 2, 4];

// All games of one's own library, by id.
export async function ownLibrary() {
    const own = new Map();
    let after = "";
    do {
        const { games, next } = await call("GET", `browse-games/library?limit=100${after}`);
        for (const game of games) own.set(game.gameId, game);
        after = next ? `&after=${encodeURIComponent(next)}` : null;
    } while (after);
    return own;
}

// Asks how a game is played, and puts it into one's library; `entry` is what stands there already.
export async function editEntry(gameId, entry, done) {
    const game = await call("GET", `browse-games/${gameId}`);
    const form = el("form", { method: "post" }, ...fields(game, entry), el("div", { class: "actions" },
        el("button", { type: "submit", class: "button primary", t: entry ? "game.save" : "game.add" }),
        entry ? button("game.remove", () => remove(game, dialog, done), { kind: "danger" }) : null));
    if (game.ranks.length > 0) eitherRank(form);
    handleForm(form, async (values) => {
        const body = { level: values.level, weight: Number(values.weight), hoursPlayed: Number(values.hoursPlayed ?? 0) };
        if (values.rankName) body.rankName = values.rankName;
        else if (values.rank) body.rank = Number(values.rank);
        if (Object.keys(entry?.statistics ?? {}).length > 0) body.statistics = entry.statistics;
        await call("PUT", `browse-games/library/${gameId}`, { body });
        dialog.close();
        toast(entry ? "game.saved" : "game.added", { name: harmless(game.name) });
        done();
    });
    const dialog = openDialog({ t: "game.title", values: { name: harmless(game.name) } }, form);
}

function fields(game, entry) {
    const ladder = [["", { t: "game.noRank" }], ...game.ranks.map(({ name }) => [name, { text: name }])];
    return [
        selectField("level", "field.level", levels.map((level) => [level, { t: `level.${level}` }]), { value: entry?.level ?? "intermediate", hint: "game.levelHint" }),
        game.ranks.length > 0 ? selectField("rankName", "field.rankName", ladder, { value: entry?.rankName ?? "" }) : null,
        field("rank", "field.rank", { type: "number", min: 0, max: 100, step: 1, hint: "game.rankHint", value: entry?.rankName ? null : entry?.rank ?? null }),
        selectField("weight", "field.weight", weights.map((weight) => [weight, { t: `weight.${weight}` }]), { value: entry?.weight ?? 1 }),
        field("hoursPlayed", "field.hoursPlayed", { type: "number", min: 0, max: 100000, step: 1, value: entry?.hoursPlayed ?? null }),
    ];
}

// A rank of the game's ladder stands for its number, so the number is not asked for beside it.
function eitherRank(form) {
    const { rankName, rank } = form.elements;
    const choose = () => {
        rank.disabled = rankName.value !== "";
        rank.closest(".field").hidden = rank.disabled;
    };
    rankName.addEventListener("change", choose);
    choose();
}

async function remove(game, dialog, done) {
    const values = { name: harmless(game.name) };
    if (!(await confirmed({ title: "game.removeTitle", text: "game.removeText", action: "game.remove", values, danger: true }))) return;
    await call("DELETE", `browse-games/library/${game.gameId}`);
    dialog.close();
    toast("game.removed", values);
    done();
}
