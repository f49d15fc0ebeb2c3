import { el } from "../dom.js";
import { prose } from "./prose.js";

const deepest = 4;
let document = { components: {} };

// The contract that references are looked up in.
export const useDocument = (contract) => (document = contract);

// What a `$ref` stands for; anything else is itself.
export function resolve(part) {
    if (!part?.$ref) return part ?? {};
    return part.$ref.slice(2).split("/").reduce((place, name) => place?.[name.replace(/~1/g, "/").replace(/~0/g, "~")], document) ?? {};
}

const nameOf = (part) => part?.$ref?.split("/").at(-1);

// A few words for a schema's kind: type, name, bounds.
export function kind(part) {
    const schema = resolve(part);
    if (schema.const !== undefined) return el("code", { class: "code", text: JSON.stringify(schema.const) });
    if (schema.enum) return el("span", {}, el("span", { t: "docs.values" }), " ", ...schema.enum.flatMap((value, index) => [index ? ", " : "", el("code", { class: "code", text: String(value) })]));
    if (schema.oneOf) return el("span", {}, ...schema.oneOf.flatMap((each, index) => [index ? " | " : "", kind(each)]));
    if (schema.type === "array") return el("span", {}, el("span", { t: "docs.list" }), " ", kind(schema.items));
    return el("code", { class: "code", text: [nameOf(part) ?? schema.format ?? schema.type ?? "…", bounds(schema)].filter(Boolean).join(" ") });
}

function bounds({ minimum, maximum, minLength, maxLength }) {
    const [low, high] = [minimum ?? minLength, maximum ?? maxLength];
    if (low === undefined && high === undefined) return "";
    return high === undefined ? `≥ ${low}` : `${low ?? 0}–${high}`;
}

// The members of what is sent or answered, those of members below them.
export function members(part, depth = 0) {
    const schema = resolve(part);
    const inner = schema.type === "array" ? resolve(schema.items) : schema;
    if (inner.oneOf && inner.oneOf.some((each) => resolve(each).properties)) return alternatives(inner.oneOf, depth);
    if (!inner.properties || depth >= deepest) return null;
    const needed = new Set(inner.required ?? []);
    return el("ul", { class: "members" }, ...Object.entries(inner.properties).map(([name, each]) => {
        const words = each.description ?? resolve(each).description;
        return el("li", {}, el("code", { class: "code member", text: name }), " ", el("span", { class: "soft" }, kind(each)), " ",
            needed.has(name) ? el("span", { class: "badge", t: "docs.required" }) : null, words ? prose(words) : null, members(each, depth + 1));
    }));
}

function alternatives(parts, depth) {
    const shown = parts.filter((each) => resolve(each).type !== "null");
    if (shown.length === 1) return members(shown[0], depth);
    return el("div", { class: "alternatives" }, ...shown.map((each) => el("div", {},
        el("p", {}, el("span", { class: "soft", t: "docs.oneOf" }), " ", el("strong", { text: nameOf(each) ?? "" })),
        resolve(each).description ? prose(resolve(each).description) : null, members(each, depth + 1))));
}

// A value that fits: the schema's own example, or one made from what it says.
export function example(part, depth = 0) {
    const schema = resolve(part);
    const given = schema.examples?.[0] ?? schema.example ?? schema.const ?? schema.default ?? schema.enum?.[0];
    if (given !== undefined) return given;
    if (schema.oneOf) return example(schema.oneOf[0], depth);
    if (schema.type === "array") return depth < deepest ? [example(schema.items, depth + 1)] : [];
    if (schema.properties && depth < deepest) {
        const names = Object.keys(schema.properties).filter((name) => schema.required?.includes(name));
        return Object.fromEntries(names.map((name) => [name, example(schema.properties[name], depth + 1)]));
    }
    return { string: "…", integer: schema.minimum ?? 1, number: schema.minimum ?? 1, boolean: false, object: {}, null: null }[schema.type] ?? null;
}
