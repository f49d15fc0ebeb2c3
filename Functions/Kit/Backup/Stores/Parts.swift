/// How a file is parted: all parts but the last of one length, and no more of them than a store takes.
struct Parts: Equatable {
    /// What Amazon S3 takes for one object.
    static let most = 10_000

    /// Where each part lies in the file, in order; one empty part where the file is empty.
    let ranges: [Range<Int>]

    /// Parts `count` bytes into parts of `length`, or longer ones where there would be too many.
    init(of count: Int, length: Int) {
        let length = max(length, (count + Self.most - 1) / Self.most)
        ranges = stride(from: 0, to: max(count, 1), by: length).map { $0..<min($0 + length, count) }
    }
}
