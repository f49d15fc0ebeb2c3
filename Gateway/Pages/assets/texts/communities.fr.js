export default {
    "communities.title": "Communautés",
    "communities.lead": "Quiconque a un jeu dans sa liste fait partie de sa communauté.",
    "community.count": { one: "{count} membre", other: "{count} membres" },
    "community.members": "Membres",
    "community.membersNamed": "Membres de {name}",
    "community.open": "Discuter",
    "community.openNamed": "Discuter dans {name}",
    "community.none": "Pas encore de communauté : les vôtres sont celles de vos jeux.",
    "community.noMembers": "Personne d’autre n’est visible ici.",
    "community.addGames": "Ajouter des jeux",
};
