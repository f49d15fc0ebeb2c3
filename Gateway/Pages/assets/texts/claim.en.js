export default {
    "claim.title": "Your credentials",
    "claim.lead": "Somebody made a link for you that shows new credentials, once.",
    "claim.text": "Have your phone with an authenticator app at hand, and nobody looking over your shoulder. The credentials are made when you press the button, and the link is worth nothing afterwards.",
    "claim.action": "Show my credentials",
    "claim.factor": "This link also asks for a code from your app, or for a recovery code.",
    "claim.spent": "This link is no longer good",
    "claim.spentText": "It has been used, has lapsed, or was replaced. If you have not used it yourself, tell an administrator at once: somebody else may have.",
    "claim.none": "There is no link here. Open the whole link that you were given, or scan its QR code.",
};
