export default {
    "renew.title": "New credentials",
    "renew.lead": "A new password, a new secret for your app, and new recovery codes.",
    "renew.expired": "Your credentials have ended. That is as it should be: they end by themselves, and you now get new ones.",
    "renew.phone": "You logged in with a recovery code. If your phone is lost, make new credentials for the new one now; otherwise you may simply go on.",
    "renew.wanted": "You have proved who you are, and can now make your new credentials.",
    "renew.warning": "With that, the old password, the old entry in your app, the old recovery codes and every session end at once.",
    "renew.until": "This offer is good until",
    "renew.action": "Make my new credentials",
    "renew.prove": "Please prove once more that it is you. Use a code that you have not used yet: if need be, wait for the next one.",
    "renew.next": "Go on",
    "renew.first": "Log in first. If your credentials have ended, the login leads you back here.",
};
