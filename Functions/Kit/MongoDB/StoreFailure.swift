/// An error that can stand for one of the store's; an enum with `case store(MongoError)` conforms as it is.
public protocol StoreFailure: Error {
    /// The error that carries `error`.
    static func store(_ error: MongoError) -> Self
}

extension MongoError: StoreFailure {
    /// The error itself.
    public static func store(_ error: MongoError) -> MongoError {
        error
    }
}

extension StoreFailure {
    /// Runs `body` and lets its error travel as one of this type.
    package static func carrying<Result: ~Copyable>(_ body: () throws(MongoError) -> Result) throws(Self) -> Result {
        do {
            return try body()
        } catch {
            throw .store(error)
        }
    }
}
