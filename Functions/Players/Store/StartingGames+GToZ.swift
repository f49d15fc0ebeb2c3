extension StartingGames {
    /// Games from G to Z.
    static let fromGToZ: [Entry] = [
        Entry(
            "hearthstone", "Hearthstone", "card strategy",
            "Bronze|Silver|Gold|Platinum|Diamond|Legend"),
        Entry("helldivers-2", "Helldivers 2", "shooter cooperative"),
        Entry("it-takes-two", "It Takes Two", "platform cooperative"),
        Entry(
            "league-of-legends", "League of Legends", "moba strategy",
            "Iron|Bronze|Silver|Gold|Platinum|Emerald|Diamond|Master|Grandmaster|Challenger"),
        Entry("left-4-dead-2", "Left 4 Dead 2", "shooter cooperative"),
        Entry("lethal-company", "Lethal Company", "horror cooperative"),
        Entry(
            "magic-the-gathering-arena", "Magic: The Gathering Arena", "card strategy",
            "Bronze|Silver|Gold|Platinum|Diamond|Mythic"),
        Entry("mario-kart-8-deluxe", "Mario Kart 8 Deluxe", "racing party"),
        Entry(
            "marvel-rivals", "Marvel Rivals", "shooter hero",
            "Bronze|Silver|Gold|Platinum|Diamond|Grandmaster|Celestial|Eternity|One Above All"),
        Entry("minecraft", "Minecraft", "building survival"),
        Entry("monster-hunter-wilds", "Monster Hunter Wilds", "action cooperative"),
        Entry("mortal-kombat-1", "Mortal Kombat 1", "fighting"),
        Entry(
            "overwatch-2", "Overwatch 2", "shooter hero",
            "Bronze|Silver|Gold|Platinum|Diamond|Master|Grandmaster|Champion"),
        Entry("palworld", "Palworld", "survival building"),
        Entry("path-of-exile", "Path of Exile", "role-playing action"),
        Entry("phasmophobia", "Phasmophobia", "horror cooperative"),
        Entry(
            "pokemon-unite", "Pokémon Unite", "moba",
            "Beginner|Great|Expert|Veteran|Ultra|Master"),
        Entry(
            "pubg-battlegrounds", "PUBG: Battlegrounds", "shooter battle-royale",
            "Bronze|Silver|Gold|Platinum|Diamond|Master"),
        Entry(
            "rainbow-six-siege", "Rainbow Six Siege", "shooter tactical",
            "Copper|Bronze|Silver|Gold|Platinum|Emerald|Diamond|Champion"),
        Entry("roblox", "Roblox", "building party"),
        Entry(
            "rocket-league", "Rocket League", "sports racing",
            "Bronze I|Bronze II|Bronze III|Silver I|Silver II|Silver III|Gold I|Gold II|Gold III|"
                + "Platinum I|Platinum II|Platinum III|Diamond I|Diamond II|Diamond III|Champion I|"
                + "Champion II|Champion III|Grand Champion I|Grand Champion II|Grand Champion III|"
                + "Supersonic Legend"),
        Entry("rust", "Rust", "survival shooter"),
        Entry("sea-of-thieves", "Sea of Thieves", "action open-world"),
        Entry("smite-2", "Smite 2", "moba"),
        Entry(
            "splatoon-3", "Splatoon 3", "shooter",
            "C|B|A|S|S+|X"),
        Entry(
            "starcraft-ii", "StarCraft II", "strategy real-time",
            "Bronze|Silver|Gold|Platinum|Diamond|Master|Grandmaster"),
        Entry("stardew-valley", "Stardew Valley", "farming cooperative"),
        Entry(
            "street-fighter-6", "Street Fighter 6", "fighting",
            "Rookie|Iron|Bronze|Silver|Gold|Platinum|Diamond|Master"),
        Entry("super-smash-bros-ultimate", "Super Smash Bros. Ultimate", "fighting platform"),
        Entry(
            "teamfight-tactics", "Teamfight Tactics", "strategy auto-battler",
            "Iron|Bronze|Silver|Gold|Platinum|Emerald|Diamond|Master|Grandmaster|Challenger"),
        Entry("tekken-8", "Tekken 8", "fighting"),
        Entry("terraria", "Terraria", "survival building"),
        Entry(
            "the-finals", "The Finals", "shooter",
            "Bronze|Silver|Gold|Platinum|Diamond|Ruby"),
        Entry("valheim", "Valheim", "survival cooperative"),
        Entry(
            "valorant", "Valorant", "shooter tactical",
            "Iron|Bronze|Silver|Gold|Platinum|Diamond|Ascendant|Immortal|Radiant"),
        Entry("warframe", "Warframe", "shooter cooperative"),
        Entry("world-of-tanks", "World of Tanks", "action vehicles"),
        Entry(
            "world-of-warcraft", "World of Warcraft", "mmo role-playing",
            "Combatant|Challenger|Rival|Duelist|Elite|Gladiator"),
    ]
}
