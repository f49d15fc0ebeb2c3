// A week of half hours, Monday 00:00 first, and the windows of availability that it makes.
export const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
export const slots = 48;
export const mostWindows = 50;

// The half hours that windows cover whole.
export function cellsOf(windows) {
    const cells = new Array(days.length * slots).fill(false);
    for (const { day, from, to } of windows) {
        const start = minutes(from);
        const end = minutes(to) <= start ? minutes(to) + 1440 : minutes(to);
        const first = days.indexOf(day) * slots;
        for (let slot = Math.ceil(start / 30); (slot + 1) * 30 <= end; slot += 1) cells[(first + slot) % cells.length] = true;
    }
    return cells;
}

// The fewest windows that cover these half hours; one may run beyond midnight, but none longer than a day.
export function windowsOf(cells) {
    const windows = [];
    for (const [index, day] of days.entries()) {
        for (let slot = 0; slot < slots; slot += 1) {
            const at = index * slots + slot;
            if (!cells[at] || (slot > 0 && cells[at - 1])) continue;
            let length = 1;
            while (slot + length < slots && cells[at + length]) length += 1;
            windows.push({ day, from: clock(slot), to: clock(slot + length) });
        }
    }
    return joined(windows);
}

// Joins what ends at midnight with what begins there on the next day, where that is short of 24 hours.
function joined(windows) {
    const begins = new Map(windows.filter(({ from }) => from === "00:00").map((window) => [window.day, window]));
    const gone = new Set();
    for (const window of windows) {
        const next = begins.get(days[(days.indexOf(window.day) + 1) % days.length]);
        if (window.to !== "24:00" || !next || next.to === "24:00" || next.to >= window.from) continue;
        window.to = next.to;
        gone.add(next);
    }
    return windows.filter((window) => !gone.has(window));
}

export const clock = (slot) => `${String(Math.floor(slot / 2)).padStart(2, "0")}:${slot % 2 ? "30" : "00"}`;

function minutes(time) {
    const [hours, rest] = time.split(":").map(Number);
    return hours * 60 + rest;
}
