import { Problem } from "./api.js";
import { el, icon, whileBusy } from "./dom.js";
import { hasText, put, putLabel } from "./texts.js";

// Makes a form send itself by script. `send(values)` gets what was filled in by the fields' names, without empty
// ones; the submit button cannot be pressed again meanwhile, and what the call was refused with is said in the form.
export function handleForm(form, send) {
    form.noValidate = true;
    for (const field of form.querySelectorAll('input[type="password"]')) addReveal(field);
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const submit = form.querySelector('[type="submit"]');
        if (submit.disabled) return;
        whileBusy(submit, () => attempt(form, send), (problem) => show(form, problem));
    });
    form.addEventListener("input", ({ target }) => {
        clearFault(target);
        form.dataset.typed = "";
    });
}

// What was filled in, by name; spaces around it do not count, and empty fields are left out.
export function formValues(form) {
    const filled = [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]);
    return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}

async function attempt(form, send) {
    clear(form);
    const wrong = [...form.elements].filter((field) => field.willValidate && !field.validity.valid);
    for (const field of wrong) markFault(field);
    if (wrong.length > 0) return wrong[0].focus();
    await send(formValues(form));
    delete form.dataset.typed;
}

// Says a problem in the form: beside the fields that it names, and above the button.
function show(form, problem) {
    if (problem?.name === "AbortError") return;
    if (!(problem instanceof Problem)) console.error(problem);
    const fields = (problem.fields ?? []).map((name) => form.elements[name]).filter((field) => field instanceof HTMLElement);
    for (const field of fields) markFault(field);
    const words = el("p", { t: problem.key ?? "problem.unknown", values: { count: problem.retryAfter || 1 } });
    const fault = el("div", { class: "form-fault", role: "alert" }, words);
    form.querySelector('[type="submit"]').before(fault);
    if (problem.retryAfter) countDown(form, fault, problem.retryAfter);
    else fields[0]?.focus();
}

function clear(form) {
    form.querySelectorAll(".form-fault").forEach((fault) => fault.remove());
    for (const field of form.elements) clearFault(field);
}

// Keeps the button closed for so many seconds, and counts them where no screen reader repeats each.
function countDown(form, fault, seconds) {
    const submit = form.querySelector('[type="submit"]');
    const clock = el("p", { class: "countdown", "aria-hidden": "true" });
    const end = Date.now() + seconds * 1000;
    fault.append(clock);
    submit.disabled = true;
    const tick = () => {
        const left = Math.ceil((end - Date.now()) / 1000);
        if (left > 0 && fault.isConnected) return put(clock, "form.wait", { count: left });
        clearInterval(timer);
        submit.disabled = false;
        fault.remove();
    };
    const timer = setInterval(tick, 1000);
    tick();
}

function markFault(field) {
    const id = `${field.id || field.name}-fault`;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [field.dataset.hint, id].filter(Boolean).join(" "));
    const key = field.validity?.valueMissing ? "fault.missing" : `fault.${field.name}`;
    const place = field.closest(".field") ?? field.parentElement;
    place.append(el("p", { id, class: "fault", t: hasText(key) ? key : "fault.other" }));
}

function clearFault(field) {
    if (field.getAttribute?.("aria-invalid") !== "true") return;
    field.removeAttribute("aria-invalid");
    if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
    else field.removeAttribute("aria-describedby");
    document.getElementById(`${field.id || field.name}-fault`)?.remove();
}

function addReveal(field) {
    const reveal = el("button", { type: "button", class: "reveal", "aria-pressed": "false" }, icon("eye"));
    putLabel(reveal, "aria-label", "form.reveal");
    reveal.addEventListener("click", () => {
        field.type = field.type === "password" ? "text" : "password";
        reveal.setAttribute("aria-pressed", String(field.type === "text"));
    });
    // Where somebody is typing already, the field stays where it is, or it would lose the keyboard.
    if (!field.parentElement.matches(".with-reveal")) {
        const box = el("div", { class: "with-reveal" });
        field.replaceWith(box);
        box.append(field);
    }
    field.after(reveal);
}

let count = 0;

// A labelled field for forms that scripts make: `field("password", "field.password", {type: "password", required: true})`.
export function field(name, labelKey, { hint, ...attributes } = {}) {
    return labelled(name, labelKey, hint, (more) => el("input", { name, ...more, ...attributes }));
}

// A labelled choice: `options` are pairs of a value and a text, `{t: key}` or `{text}`.
export function selectField(name, labelKey, options, { hint, value, ...attributes } = {}) {
    const choices = options.map(([each, text]) => el("option", { value: each, ...text, selected: String(value ?? "") === String(each) }));
    return labelled(name, labelKey, hint, (more) => el("select", { name, ...more, ...attributes }, ...choices));
}

// A labelled text of several lines.
export function textField(name, labelKey, { hint, value = "", ...attributes } = {}) {
    return labelled(name, labelKey, hint, (more) => el("textarea", { name, text: value, ...more, ...attributes }));
}

function labelled(name, labelKey, hint, make) {
    const id = `field-${(count += 1)}-${name}`;
    const hintID = hint ? `${id}-hint` : undefined;
    return el(
        "div", { class: "field" }, el("label", { for: id, t: labelKey }),
        hint ? el("p", { id: hintID, class: "hint", t: hint }) : null,
        make({ id, "aria-describedby": hintID, "data-hint": hintID }));
}
