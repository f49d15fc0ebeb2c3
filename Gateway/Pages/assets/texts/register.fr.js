export default {
    "register.title": "Créer un compte",
    "register.lead": "Choisissez un identifiant. Le mot de passe, le second facteur et les codes de secours sont fabriqués pour vous.",
    "register.loginHint": "3 à 64 lettres, chiffres ou . _ - @ +. Majuscules et minuscules ne comptent pas.",
    "register.emailHint": "Pour les rappels, et pour un lien si vous perdez votre mot de passe. Elle est conservée chiffrée.",
    "register.how": "Comment voulez-vous recevoir les identifiants ?",
    "register.inline": "Les montrer ici, maintenant",
    "register.inlineText": "Pour votre propre compte, votre téléphone à portée de main.",
    "register.link": "Faire un lien qui les montre une fois",
    "register.linkText": "Pour quelqu’un d’autre, ou pour un autre appareil.",
    "register.action": "Créer le compte",
    "register.have": "Vous avez déjà un compte ?",
};
