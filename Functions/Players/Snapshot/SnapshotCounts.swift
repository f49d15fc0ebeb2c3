/// How much there is in a snapshot, and where in its file it stands.
///
/// Pages: the header, the state, then sections one after another, each beginning on a page of its own: last sights, ids,
/// coming of age, preferences, sums of weights, half hours in short and whole, languages, where each game's entries
/// begin, entries, names of games, checksums of blocks. Behind them are the changes.
struct SnapshotCounts: Equatable {
    var profiles: Int
    var games: Int
    var entries: Int
    var nameBytes: Int

    static let page = 4096
    /// The state's page.
    static let state = page
    /// Bytes that one checksum covers.
    static let block = 1 << 20
    /// An entry has nine bits for weight and rank and the others for the profile.
    static let mostProfiles = 1 << 23

    enum Section: Int, CaseIterable {
        case seen, ids, adultFrom, preferences, totals, coarse, hours, languages, starts, entries, names
    }

    /// Bytes of a section.
    func size(_ section: Section) -> Int {
        switch section {
        case .seen, .adultFrom: profiles * 4
        case .ids: profiles * 16
        case .preferences: profiles
        case .totals: profiles * 2
        case .coarse: profiles * 8
        case .hours: profiles * 48
        case .languages: profiles * 8 * PackedPreferences.languageWords
        case .starts: (games + 1) * 4
        case .entries: entries * 4
        case .names: nameBytes
        }
    }

    /// Where a section begins.
    func offset(_ section: Section) -> Int {
        Section.allCases.prefix { $0 != section }.reduce(2 * Self.page) { $0 + Self.paged(size($1)) }
    }

    /// The bytes that the checksums cover.
    var body: Range<Int> {
        2 * Self.page..<offset(.names) + Self.paged(size(.names))
    }

    var blocks: Int { (body.count + Self.block - 1) / Self.block }

    /// Where the table of checksums begins.
    var table: Int { body.upperBound }

    /// Where the changes begin.
    var changes: Int { table + Self.paged(blocks * 8) }

    private static func paged(_ size: Int) -> Int {
        (size + page - 1) / page * page
    }
}
