export default {
    "register.title": "Create an account",
    "register.lead": "Choose a login. Password, second factor and recovery codes are made for you.",
    "register.loginHint": "3 to 64 letters, digits or . _ - @ +. Small and capital letters are the same.",
    "register.emailHint": "For reminders, and for a link if you lose your password. It is kept encrypted.",
    "register.how": "How do you want the credentials?",
    "register.inline": "Show them here, now",
    "register.inlineText": "For your own account, with your phone at hand.",
    "register.link": "Make a link that shows them once",
    "register.linkText": "For somebody else, or for another device.",
    "register.action": "Create the account",
    "register.have": "You have an account?",
};
