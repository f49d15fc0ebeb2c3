export default {
    "legal.title": "Legal notice",
    "privacy.title": "Privacy",
    "terms.title": "Terms of use",
};
