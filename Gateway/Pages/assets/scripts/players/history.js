import { call } from "../api.js";

const size = 30;

// The messages of one conversation as far as they have been read from the server; `id` is null before the first one.
export class History {
    #messages = new Map();
    #reached = 0;
    #turn = Promise.resolve();

    constructor(id) {
        this.id = id;
        this.hasEarlier = false;
    }

    // In their order.
    get messages() {
        return [...this.#messages.values()].sort((a, b) => a.seq - b.seq);
    }

    get last() {
        return Math.max(0, ...this.#messages.keys());
    }

    // The newest ones.
    async open() {
        if (!this.id) return;
        const messages = await this.#read(`limit=${size}`);
        this.hasEarlier = messages.length === size;
        this.#reached = messages.at(-1)?.seq ?? 0;
    }

    async earlier() {
        const first = Math.min(...this.#messages.keys());
        this.hasEarlier = (await this.#read(`before=${first}&limit=${size}`)).length === size;
    }

    // Whatever came since; one look after the other, so that none is skipped.
    catchUp() {
        this.#turn = this.#turn.catch(() => {}).then(() => this.#catchUp());
        return this.#turn;
    }

    // The same where no news tells which messages were deleted: the newest ones are read again.
    lookAgain() {
        this.#turn = this.#turn.catch(() => {}).then(async () => {
            await this.#catchUp();
            if (this.id) await this.#read(`limit=${size}`);
        });
        return this.#turn;
    }

    async #catchUp() {
        if (!this.id) return;
        let messages;
        do {
            messages = await this.#read(`after=${this.#reached}&limit=100`);
            this.#reached = messages.at(-1)?.seq ?? this.#reached;
        } while (messages.length === 100);
    }

    // Looks again at one message, which may be deleted or hidden now.
    async look(seq) {
        if (!this.#messages.has(seq)) return;
        const [message] = (await call("GET", `read-messages/${this.id}?after=${seq - 1}&limit=1`)).messages;
        if (message?.seq === seq) this.#messages.set(seq, message);
        else this.#messages.delete(seq);
    }

    // Takes what the server is known to have, such as one's own message.
    take(message) {
        if (!this.#messages.has(message.seq)) this.#messages.set(message.seq, message);
    }

    async #read(query) {
        const { messages } = await call("GET", `read-messages/${this.id}?${query}`);
        for (const message of messages) this.#messages.set(message.seq, message);
        return messages;
    }
}
