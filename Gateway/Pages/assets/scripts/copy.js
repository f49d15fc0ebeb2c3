import { button } from "./dom.js";
import { toast } from "./toast.js";

// A button that puts a text on the clipboard, named by what it copies: `copyButton(() => text, "copy.password")`.
export function copyButton(text, label) {
    return button("copy.copy", async () => {
        try {
            await navigator.clipboard.writeText(text());
            toast("copy.done");
        } catch {
            toast("copy.failed", {}, "bad");
        }
    }, { kind: "small no-print", label });
}
