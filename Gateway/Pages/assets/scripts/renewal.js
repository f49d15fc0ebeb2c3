// A renewal on its way: the token that a login gave, kept for this tab alone until it is used or lapses.
const place = "renewal";

// `why` is "expired", "phone" (after a recovery code) or "wanted".
export function keepRenewal({ renewalToken, renewalExpiresAt }, login, why) {
    sessionStorage.setItem(place, JSON.stringify({ renewalToken, renewalExpiresAt, login, why }));
}

export function keptRenewal() {
    const kept = JSON.parse(sessionStorage.getItem(place));
    return kept && new Date(kept.renewalExpiresAt) > new Date() ? kept : null;
}

export const forgetRenewal = () => sessionStorage.removeItem(place);
