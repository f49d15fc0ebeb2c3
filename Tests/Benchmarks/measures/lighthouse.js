// Runs in a page of the DevTools' own origin, which Chromium serves on its debugging port: starts the worker in which
// the DevTools keep Lighthouse, and carries its messages to and from the browser that is looked at.
// Arguments: that browser's socket, the page's address, and Selenium's callback, which gets {scores, failing} or {error}.
const [socketAddress, address, finish] = arguments;
let lastID = 1_000_000_000;  // the worker counts its commands from 1

class Browser {
    #socket;
    #asked = new Map();
    forward = () => {};

    static async at(address) {
        const browser = new Browser();
        browser.#socket = new WebSocket(address);
        await new Promise((resolve, reject) => {
            browser.#socket.addEventListener("open", resolve);
            browser.#socket.addEventListener("error", () => reject(new Error("the browser does not answer")));
        });
        browser.#socket.addEventListener("message", ({ data }) => browser.#take(JSON.parse(data)));
        return browser;
    }

    #take(message) {
        const resolve = this.#asked.get(message.id);
        this.#asked.delete(message.id);
        if (resolve) resolve(message.result);
        else this.forward(message);
    }

    send(message) {
        this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
    }

    ask(method, params = {}) {
        const id = (lastID += 1);
        return new Promise((resolve) => {
            this.#asked.set(id, resolve);
            this.send({ id, method, params });
        });
    }

    // The one tab that is open, as Lighthouse wants it: the target above its page.
    async tab() {
        const filter = [{ type: "tab" }, { exclude: true }];
        const { targetInfos } = await this.ask("Target.getTargets", { filter });
        const [{ targetId }] = targetInfos;
        const { sessionId } = await this.ask("Target.attachToTarget", { targetId, flatten: true });
        return { rootTargetId: targetId, mainSessionId: sessionId };
    }
}

async function audit() {
    const browser = await Browser.at(socketAddress);
    const worker = new Worker("/devtools/entrypoints/lighthouse_worker/lighthouse_worker.js", { type: "module" });
    const heard = (wanted) => new Promise((resolve, reject) => {
        worker.addEventListener("error", (event) => reject(new Error(event.message || "the worker does not start")));
        worker.addEventListener("message", ({ data }) => wanted(data) && resolve(data));
    });
    browser.forward = (message) => worker.postMessage({ action: "dispatchProtocolMessage", args: { message } });
    worker.addEventListener("message", ({ data }) => {
        if (data.action === "sendProtocolMessage") browser.send(data.args.message);
    });
    await heard((data) => data === "workerReady");
    const args = {
        url: address, categoryIDs: ["performance", "accessibility", "best-practices"], flags: { formFactor: "mobile" },
        locales: ["en-US"], ...(await browser.tab()),
    };
    const answer = heard((data) => data.id === 1);
    worker.postMessage({ id: 1, action: "navigation", args });
    const { lhr } = (await answer).result;
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.code);
    const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
    const failing = Object.values(lhr.audits).filter(({ score }) => score === 0).map(({ id }) => id);
    return { scores: Object.fromEntries(scores), failing };
}

audit().then(finish, (error) => finish({ error: String(error) }));
