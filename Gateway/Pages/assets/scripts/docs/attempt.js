import { showAnswer } from "../admin/answer.js";
import { choice } from "../admin/parts.js";
import { el } from "../dom.js";
import { field, handleForm } from "../form.js";
import { session } from "../session.js";
import { example, resolve } from "./schema.js";

// A form that makes the call: a field for each parameter, and the body to change before it is sent.
export function attempt(method, path, operation, parameters) {
    const answer = el("div", { "aria-live": "polite" });
    const types = Object.keys(resolve(operation.requestBody).content ?? {});
    const form = el(
        "form", { method: "post", class: "attempt", "data-operation": operation.operationId },
        el("p", { class: "soft" }, el("span", { t: "docs.tryText" }), " ", el("span", { t: session() ? "docs.withLogin" : "docs.noLogin" })),
        ...parameters.map(parameterField),
        types.length > 1 ? choice("content-type", "docs.type", types.map((each) => [each]), types[0]) : null,
        ...types.length > 0 ? [bodyField(operation, types[0])] : [],
        el("button", { type: "submit", class: "button primary", t: "docs.send" }), answer);
    handleForm(form, async (values) => {
        const body = types[0]?.startsWith("image/") ? values["request-body"] : values["request-body"] ?? (types.length > 0 ? "" : undefined);
        await showAnswer(answer, method.toUpperCase(), address(path, parameters, values), body, { type: values["content-type"] ?? types[0] });
    });
    return form;
}

function parameterField({ name, in: where, required, schema }) {
    const { enum: values, default: usual } = resolve(schema);
    const box = values
        ? choice(name, "docs.name", [...(required ? [] : [["", "filter.all"]]), ...values.map((value) => [value])])
        : field(name, "docs.name", { required: required === true, placeholder: usual === undefined ? null : String(usual), autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const label = box.querySelector("label");
    delete label.dataset.t;
    label.textContent = name;
    label.append(" ", el("span", { class: "soft", t: `docs.in.${where}` }));
    return box;
}

function bodyField(operation, type) {
    const id = `body-${operation.operationId}`;
    const { content } = resolve(operation.requestBody);
    if (type.startsWith("image/")) {
        return el("div", { class: "field" }, el("label", { for: id, t: "docs.picture" }), el("input", { id, name: "request-body", type: "file", accept: type }));
    }
    const { schema, examples, example: one } = content[type];
    const given = one ?? Object.values(examples ?? {})[0]?.value ?? example(schema);
    const text = JSON.stringify(given, null, 2);
    return el("div", { class: "field" }, el("label", { for: id, t: "docs.body" }),
        el("textarea", { id, name: "request-body", class: "code", spellcheck: "false", rows: Math.min(14, text.split("\n").length + 1), text }));
}

// The address with its parameters filled in; those that are left empty are left out.
function address(path, parameters, values) {
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ""));
    const query = new URLSearchParams(parameters.filter(({ in: where, name }) => where === "query" && values[name] !== undefined).map(({ name }) => [name, values[name]]));
    return query.size > 0 ? `${filled}?${query}` : filled;
}
