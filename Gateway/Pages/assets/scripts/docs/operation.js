import { el } from "../dom.js";
import { attempt } from "./attempt.js";
import { prose } from "./prose.js";
import { example, kind, members, resolve } from "./schema.js";

// One call of the contract, closed until somebody opens it; what is inside is made then.
export function operationView({ method, path, operation, shared }) {
    const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve);
    const view = el(
        "details", { class: "operation", id: operation.operationId },
        el("summary", {}, el("span", { class: `method ${method}`, text: method.toUpperCase() }), " ", el("code", { class: "code", text: path }), " ",
            prose(operation.summary, "span", { class: "summary" })));
    view.addEventListener("toggle", () => {
        if (view.open && view.childElementCount === 1) view.append(inside(method, path, operation, parameters));
    });
    return view;
}

function inside(method, path, operation, parameters) {
    return el(
        "div", { class: "inside" }, loginBadge(operation.security ?? []), ...words(operation.description),
        parameters.length > 0 ? [el("h4", { t: "docs.parameters" }), parameterList(parameters)] : null,
        operation.requestBody ? [el("h4", { t: "docs.body" }), ...contentOf(resolve(operation.requestBody).content)] : null,
        el("h4", { t: "docs.answers" }), ...Object.entries(operation.responses).map(([status, answer]) => response(status, resolve(answer))),
        el("h4", { t: "docs.try" }), attempt(method, path, operation, parameters));
}

const words = (text) => (text ?? "").split("\n\n").filter(Boolean).map((each) => prose(each));

function loginBadge(security) {
    if (security.length === 0) return null;
    const isFree = security.some((each) => Object.keys(each).length === 0);
    return el("p", {}, el("span", { class: isFree ? "badge" : "badge warn", t: isFree ? "docs.either" : "docs.login" }));
}

function parameterList(parameters) {
    return el("ul", { class: "members" }, ...parameters.map(({ name, in: where, required, description, schema }) => el("li", {},
        el("code", { class: "code member", text: name }), " ", el("span", { class: "soft", t: `docs.in.${where}` }), " ", el("span", { class: "soft" }, kind(schema)), " ",
        required ? el("span", { class: "badge", t: "docs.required" }) : null, description ? prose(description) : null)));
}

function contentOf(content) {
    const [type, media] = Object.entries(content ?? {})[0] ?? [];
    if (!type) return [el("p", { class: "soft", t: "docs.empty" })];
    const schema = resolve(media.schema);
    return [
        el("p", {}, el("code", { class: "code", text: Object.keys(content).join(", ") })),
        schema.description ? prose(schema.description) : null, members(media.schema), sample(type, media),
    ].filter(Boolean);
}

function sample(type, { schema, examples, example: one }) {
    if (!type.includes("json")) return null;
    const value = one ?? Object.values(examples ?? {})[0]?.value ?? example(schema);
    return el("details", { class: "sample" }, el("summary", { t: "docs.example" }),
        el("pre", { class: "log-lines", tabindex: "0", role: "region", label: "docs.example", text: JSON.stringify(value, null, 2) }));
}

function response(status, { description, content }) {
    return el("details", { class: "answer" },
        el("summary", {}, el("span", { class: status < "400" ? "badge" : "badge bad", text: status }), " ", prose(description, "span")),
        ...contentOf(content));
}
