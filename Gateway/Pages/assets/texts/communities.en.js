export default {
    "communities.title": "Communities",
    "communities.lead": "Everybody who has a game in the library is in its community.",
    "community.count": { one: "{count} member", other: "{count} members" },
    "community.members": "Members",
    "community.membersNamed": "Members of {name}",
    "community.open": "Talk",
    "community.openNamed": "Talk in {name}",
    "community.none": "No community yet: yours are those of your games.",
    "community.noMembers": "Nobody else is to be seen here.",
    "community.addGames": "Add games",
};
