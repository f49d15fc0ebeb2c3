export default {
    "legal.title": "Mentions légales",
    "privacy.title": "Vie privée",
    "terms.title": "Conditions d’utilisation",
};
