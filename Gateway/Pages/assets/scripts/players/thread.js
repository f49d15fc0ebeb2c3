import { call } from "../api.js";
import { confirmed, openDialog } from "../dialog.js";
import { button, el } from "../dom.js";
import { handleForm, textField } from "../form.js";
import { failure, loading } from "../list.js";
import { isAdmin, owner, session } from "../session.js";
import { timeElement, timeText } from "../texts.js";
import { toast, toastProblem } from "../toast.js";
import { History } from "./history.js";
import { onNews } from "./live.js";
import { discard, onOutbox, send, sendAgain, waitingFor } from "./outbox.js";
import { askReport, block, who } from "./person.js";
import { words } from "./words.js";

// What was begun and not sent, by whom it is to.
const drafts = new Map();

// Shows one conversation in `place`, live: `{conversationId, with: {login, displayName}}` or `{…, community}`; the id is
// null before the first message. `changed()` is called when its unread messages may have changed.
export function showThread(place, conversation, changed) {
    return new Thread(place, conversation, changed);
}

class Thread {
    #log = el("div", { class: "log", role: "log", tabindex: "0", label: "messages.log" });
    #state = el("div");
    #history;
    #target;
    #me = owner().login;
    #readUpTo = 0;
    #ended = new AbortController();
    #listeners = [];
    #changed;

    constructor(place, conversation, changed) {
        const { community } = conversation;
        this.#target = community ? { community: community.gameId } : { to: conversation.with.login };
        this.#history = new History(conversation.conversationId);
        this.#readUpTo = conversation.readUpTo ?? 0;
        this.#changed = changed;
        place.replaceChildren(this.#head(conversation), this.#log, this.#state, this.#target.to === null ? el("p", { class: "note", t: "messages.gone" }) : this.#form());
        this.#listeners = [onNews((news) => this.#hear(news)), onOutbox((entry, answer) => this.#sent(entry, answer))];
        const { signal } = this.#ended;
        addEventListener("focus", () => this.#markRead(), { signal });
        document.addEventListener("visibilitychange", () => this.#markRead(), { signal });
        this.#open();
    }

    // Another conversation stands in its place.
    end() {
        this.#ended.abort();
        for (const stop of this.#listeners) stop();
    }

    // The conversation has its first message now, and with it an id.
    begin(id) {
        if (this.#history.id) return;
        this.#history.id = id;
        this.#open();
    }

    #head({ community, with: other }) {
        const back = el("a", { class: "back button small", href: "/messages", t: "messages.back" });
        if (community) {
            return el("header", { class: "thread-head" }, back, el("h2", { text: community.name }), el("a", { class: "button small", href: "/communities", t: "messages.members" }));
        }
        if (other.login === null) return el("header", { class: "thread-head" }, back, el("h2", { t: "messages.erased" }));
        return el("header", { class: "thread-head" }, back, who(other.login, other.displayName, { heading: "h2" }),
            el("div", { class: "actions" }, button("report.action", () => askReport(other.login), { kind: "small" }),
                button("block.action", () => block(other.login), { kind: "small" })));
    }

    #form() {
        const text = textField("body", "field.body", { required: true, maxlength: 2000, rows: 2 });
        const form = el("form", { method: "post", class: "write" }, text, el("button", { type: "submit", class: "button primary", t: "messages.send" }));
        const area = text.querySelector("textarea");
        const to = JSON.stringify(this.#target);
        area.value = drafts.get(to) ?? "";
        area.addEventListener("input", () => drafts.set(to, area.value));
        text.querySelector("label").className = "unseen";
        area.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
            event.preventDefault();
            form.requestSubmit();
        });
        handleForm(form, ({ body }) => {
            area.value = "";
            drafts.delete(to);
            send(this.#target, body);
            this.#draw(true);
        });
        return form;
    }

    async #open() {
        this.#state.replaceChildren(loading());
        try {
            await this.#history.open();
            this.#state.replaceChildren();
            this.#draw(true);
            this.#markRead();
        } catch (problem) {
            this.#state.replaceChildren(failure(problem, () => this.#open()));
        }
    }

    async #hear({ type, conversationId, seq }) {
        if (this.#ended.signal.aborted || !session()) return;
        try {
            if (type === "look") await this.#history.lookAgain();
            else if (type === "message" && conversationId === this.#history.id) await this.#history.catchUp();
            else if (type === "deleted" && conversationId === this.#history.id) await this.#history.look(seq);
            else return;
            this.#draw();
            this.#markRead();
        } catch {
            // The next news looks again.
        }
    }

    #sent({ target, body }, answer) {
        if (this.#ended.signal.aborted || JSON.stringify(target) !== JSON.stringify(this.#target)) return;
        if (answer) {
            const isFirst = this.#history.id === null;
            this.#history.id = answer.conversationId;
            this.#history.take({ ...answer, from: this.#me, body });
            if (isFirst) this.#history.catchUp().catch(() => {});
            this.#changed(answer.conversationId);
        }
        this.#draw(true);
    }

    async #markRead() {
        const { id, last } = this.#history;
        if (this.#ended.signal.aborted || !id || last <= this.#readUpTo || document.hidden || !document.hasFocus()) return;
        this.#readUpTo = last;
        await call("POST", `read-messages/${id}/read`, { body: { seq: last } }).catch(() => {});
        this.#changed(id);
    }

    // Puts the messages into the log, leaving those that stand there as they are; follows the newest where it was seen.
    #draw(follows = false) {
        if (this.#ended.signal.aborted) return;
        const wasAtEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
        const standing = new Map([...this.#log.children].map((child) => [child.dataset.key, child]));
        const rows = [...this.#earlier(standing), ...this.#rows(standing), ...waitingFor(this.#target).map((entry) => this.#pending(entry, standing))];
        const wanted = rows.length > 0 ? rows : [el("p", { class: "empty", t: "messages.first" })];
        wanted.forEach((row, index) => this.#log.children[index] !== row && this.#log.insertBefore(row, this.#log.children[index] ?? null));
        while (this.#log.children.length > wanted.length) this.#log.lastChild.remove();
        if (follows || wasAtEnd) this.#log.scrollTop = this.#log.scrollHeight;
    }

    #earlier(standing) {
        if (!this.#history.hasEarlier) return [];
        if (standing.has("earlier")) return [standing.get("earlier")];
        const more = button("messages.earlier", async () => {
            const before = this.#log.scrollHeight;
            await this.#history.earlier();
            this.#draw();
            this.#log.scrollTop += this.#log.scrollHeight - before;
        }, { kind: "small" });
        return [el("div", { class: "earlier", "data-key": "earlier" }, more)];
    }

    #rows(standing) {
        let day = "";
        return this.#history.messages.flatMap((message) => {
            const key = `${message.seq}-${message.deleted === true}`;
            const row = standing.get(key) ?? this.#row(message, key);
            const own = timeText(message.sentAt, "short");
            if (own === day) return [row];
            day = own;
            return [standing.get(`day-${day}`) ?? el("p", { class: "day-line", "data-key": `day-${day}` }, timeElement(message.sentAt)), row];
        });
    }

    #row(message, key) {
        const isOwn = message.from === this.#me;
        const meta = el("p", { class: "meta" }, this.#target.community && !isOwn ? this.#sender(message.from) : null,
            el("span", { class: "unseen", t: isOwn ? "messages.byMe" : "messages.byOther", values: isOwn ? undefined : { login: message.from ?? "–" } }),
            timeElement(message.sentAt, "hour"), message.deleted ? null : this.#actions(message, isOwn));
        return el("div", { class: isOwn ? "message own" : "message", "data-key": key, "data-seq": message.seq }, said(message), meta);
    }

    #sender(login) {
        return el("span", { class: "from", text: login ?? "–" });
    }

    #actions(message, isOwn) {
        return el("button", { type: "button", class: "plain more", label: "messages.actions", text: "⋯", on: { click: () => this.#choose(message, isOwn) } });
    }

    #choose(message, isOwn) {
        const isForAll = isOwn || (this.#target.community !== undefined && isAdmin());
        const remove = button(isForAll ? "messages.delete" : "messages.hide", () => this.#remove(message, isForAll, dialog), { kind: isForAll ? "danger" : "" });
        const report = isOwn || !message.from ? null : button("report.action", () => {
            dialog.close();
            askReport(message.from, message.messageId);
        });
        const stop = isOwn || !message.from ? null : button("block.action", () => block(message.from));
        const dialog = openDialog("messages.actions", said(message), el("div", { class: "actions" }, remove, report, stop));
    }

    // An administrator deletes for everybody in a community, as a sender does anywhere; others hide for themselves.
    async #remove({ seq }, isForAll, dialog) {
        dialog.close();
        if (isForAll && !(await confirmed({ title: "messages.delete", text: "messages.deleteText", action: "messages.delete", danger: true }))) return;
        try {
            await call("DELETE", `read-messages/${this.#history.id}/${seq}`);
            await this.#history.look(seq);
            toast(isForAll ? "messages.deleted" : "messages.hidden");
        } catch (problem) {
            toastProblem(problem);
        }
        this.#draw();
        this.#changed(this.#history.id);
    }

    #pending(entry, standing) {
        const key = `${entry.clientMessageId}-${entry.state}`;
        if (standing.has(key)) return standing.get(key);
        const isFailed = entry.state === "failed";
        const meta = isFailed
            ? [el("p", { class: "fault" }, el("span", { t: "messages.failed" }), " ", el("span", { t: entry.problem })),
                el("div", { class: "actions" }, button(entry.wantsLogin ? "messages.againWithLogin" : "messages.again", () => sendAgain(entry), { kind: "small" }), button("messages.discard", () => discard(entry), { kind: "small" }))]
            : [el("p", { class: "meta", t: "messages.sending" })];
        return el("div", { class: `message own ${entry.state}`, "data-key": key }, words("p", entry.body, { class: "said" }), ...meta);
    }
}

// What a message says: its text, shown as nothing but text.
function said({ body, display, deleted, unreadable }) {
    if (deleted || unreadable) return el("p", { class: "said tombstone", t: deleted ? "messages.tombstone" : "messages.unreadable" });
    return words("p", display ?? body, { class: "said" });
}
