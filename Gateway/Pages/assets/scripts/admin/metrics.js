// The gateway's figures (Prometheus' text format), and what changed between two looks at them.
const line = /^(\w+)(?:\{(.*)\})? (\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

// Reads a page of figures: a list of `{name, labels, value}`.
export function parseMetrics(text) {
    return text.split("\n").flatMap((each) => {
        const found = line.exec(each);
        if (!found) return [];
        const labels = Object.fromEntries([...(found[2] ?? "").matchAll(label)].map(([, name, value]) => [name, value]));
        return [{ name: found[1], labels, value: Number(found[3]) }];
    });
}

// What the figures say of each function since the gateway began: calls, errors, seconds, and calls below each bound.
export function totals(figures) {
    const all = new Map();
    const of = (labels) => {
        const name = (labels.function_name ?? "").split(".")[0];
        if (!all.has(name)) all.set(name, { calls: 0, errors: 0, seconds: 0, buckets: new Map(), running: 0, waiting: 0 });
        return all.get(name);
    };
    for (const { name, labels, value } of figures) {
        if (!labels.function_name) continue;
        const sums = of(labels);
        if (name === "gateway_function_invocation_total") {
            sums.calls += value;
            if (labels.code >= "500") sums.errors += value;
        }
        if (name === "gateway_functions_seconds_sum") sums.seconds += value;
        if (name === "gateway_functions_seconds_bucket") sums.buckets.set(labels.le, (sums.buckets.get(labels.le) ?? 0) + value);
        if (name === "passerelle_calls_running") sums.running = value;
        if (name === "passerelle_calls_waiting") sums.waiting = value;
    }
    return all;
}

// What happened between two looks, `seconds` apart: calls and errors a second, and in milliseconds the bound below
// which 95 of 100 calls were answered, null where there were none.
export function change(before, now, seconds) {
    const calls = Math.max(0, now.calls - before.calls);
    return {
        rate: calls / seconds,
        errors: Math.max(0, now.errors - before.errors) / seconds,
        latency: quantile(0.95, before.buckets, now.buckets),
    };
}

// The quantile of what was counted between two looks, within its bucket by straight line.
export function quantile(part, before, now) {
    const counts = [...now].map(([bound, count]) => [bound === "+Inf" ? Infinity : Number(bound), count - (before?.get(bound) ?? 0)])
        .sort(([one], [other]) => one - other);
    const all = counts.at(-1)?.[1] ?? 0;
    if (all <= 0) return null;
    let [low, below] = [0, 0];
    for (const [bound, count] of counts) {
        if (count >= part * all) return 1000 * (bound === Infinity ? low : low + (bound - low) * (part * all - below) / Math.max(1, count - below));
        [low, below] = [bound, count];
    }
    return null;
}
