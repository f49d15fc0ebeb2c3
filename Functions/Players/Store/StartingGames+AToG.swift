extension StartingGames {
    /// Games from A to G.
    static let fromAToG: [Entry] = [
        Entry("age-of-empires-ii", "Age of Empires II", "strategy real-time"),
        Entry(
            "age-of-empires-iv", "Age of Empires IV", "strategy real-time",
            "Bronze|Silver|Gold|Platinum|Diamond|Conqueror"),
        Entry("age-of-mythology-retold", "Age of Mythology: Retold", "strategy real-time"),
        Entry("among-us", "Among Us", "party social-deduction"),
        Entry(
            "apex-legends", "Apex Legends", "shooter battle-royale",
            "Rookie|Bronze|Silver|Gold|Platinum|Diamond|Master|Apex Predator"),
        Entry("baldurs-gate-3", "Baldur's Gate 3", "role-playing cooperative"),
        Entry("battlefield-2042", "Battlefield 2042", "shooter"),
        Entry(
            "brawl-stars", "Brawl Stars", "action mobile",
            "Bronze|Silver|Gold|Diamond|Mythic|Legendary|Masters|Pro"),
        Entry(
            "brawlhalla", "Brawlhalla", "fighting platform",
            "Tin|Bronze|Silver|Gold|Platinum|Diamond|Valhallan"),
        Entry(
            "call-of-duty-warzone", "Call of Duty: Warzone", "shooter battle-royale",
            "Bronze|Silver|Gold|Platinum|Diamond|Crimson|Iridescent|Top 250"),
        Entry(
            "chess", "Chess", "board strategy",
            "Under 600|600 to 999|1000 to 1399|1400 to 1799|1800 to 2199|2200 and above"),
        Entry("civilization-vi", "Civilization VI", "strategy turn-based"),
        Entry(
            "clash-of-clans", "Clash of Clans", "strategy mobile",
            "Bronze|Silver|Gold|Crystal|Master|Champion|Titan|Legend"),
        Entry("clash-royale", "Clash Royale", "card strategy mobile"),
        Entry(
            "counter-strike-2", "Counter-Strike 2", "shooter tactical",
            "Silver I|Silver II|Silver III|Silver IV|Silver Elite|Silver Elite Master|Gold Nova I|"
                + "Gold Nova II|Gold Nova III|Gold Nova Master|Master Guardian I|Master Guardian II|"
                + "Master Guardian Elite|Distinguished Master Guardian|Legendary Eagle|"
                + "Legendary Eagle Master|Supreme Master First Class|Global Elite"),
        Entry(
            "dead-by-daylight", "Dead by Daylight", "horror action",
            "Ash|Bronze|Silver|Gold|Iridescent"),
        Entry("deep-rock-galactic", "Deep Rock Galactic", "shooter cooperative"),
        Entry(
            "destiny-2", "Destiny 2", "shooter role-playing",
            "Copper|Bronze|Silver|Gold|Platinum|Adept|Ascendant"),
        Entry("diablo-iv", "Diablo IV", "role-playing action"),
        Entry("dont-starve-together", "Don't Starve Together", "survival cooperative"),
        Entry(
            "dota-2", "Dota 2", "moba strategy",
            "Herald|Guardian|Crusader|Archon|Legend|Ancient|Divine|Immortal"),
        Entry("ea-sports-fc-25", "EA Sports FC 25", "sports football"),
        Entry("elden-ring", "Elden Ring", "role-playing action"),
        Entry("escape-from-tarkov", "Escape from Tarkov", "shooter survival"),
        Entry("eve-online", "EVE Online", "mmo space"),
        Entry("f1-24", "F1 24", "racing simulation"),
        Entry("factorio", "Factorio", "building cooperative"),
        Entry("fall-guys", "Fall Guys", "party platform"),
        Entry("final-fantasy-xiv", "Final Fantasy XIV", "mmo role-playing"),
        Entry(
            "fortnite", "Fortnite", "shooter battle-royale",
            "Bronze|Silver|Gold|Platinum|Diamond|Elite|Champion|Unreal"),
        Entry("forza-horizon-5", "Forza Horizon 5", "racing"),
        Entry("genshin-impact", "Genshin Impact", "role-playing action"),
        Entry(
            "go", "Go", "board strategy",
            "30 to 21 kyu|20 to 11 kyu|10 to 6 kyu|5 to 1 kyu|1 to 3 dan|4 to 6 dan|7 dan and above"),
        Entry(
            "gran-turismo-7", "Gran Turismo 7", "racing simulation",
            "E|D|C|B|A|A+|S"),
        Entry("grand-theft-auto-online", "Grand Theft Auto Online", "action open-world"),
        Entry(
            "guild-wars-2", "Guild Wars 2", "mmo role-playing",
            "Amber|Emerald|Sapphire|Ruby|Unbroken|Legend"),
        Entry("guilty-gear-strive", "Guilty Gear Strive", "fighting"),
        Entry(
            "halo-infinite", "Halo Infinite", "shooter",
            "Bronze|Silver|Gold|Platinum|Diamond|Onyx"),
    ]
}
