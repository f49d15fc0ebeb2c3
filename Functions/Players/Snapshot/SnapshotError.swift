public import Platform

/// Why a snapshot cannot be used or made.
public enum SnapshotError: Error, Equatable {
    /// There is none.
    case missing
    /// It is another version's, another week's or another database's.
    case foreign
    /// Its bytes are not those that were written.
    case damaged
    /// More players, games or entries than it can number.
    case tooLarge
    /// The system did not do its part.
    case system(SystemError)

    static func carrying<Result: ~Copyable>(
        _ body: () throws(SystemError) -> Result
    ) throws(SnapshotError) -> Result {
        do {
            return try body()
        } catch {
            throw .system(error)
        }
    }
}
