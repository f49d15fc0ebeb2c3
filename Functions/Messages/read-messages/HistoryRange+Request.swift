import MessagesDomain
import Runtime

extension HistoryRange {
    /// The query's parameters that make a range.
    static let parameters: Set<String> = ["after", "before", "limit"]
    private static let highestNumber: Int64 = 9_007_199_254_740_991

    /// Reads the request's parameters; throws 400 for what is no number, or out of range.
    init(_ request: Request) throws(FunctionFailure) {
        let limit = try Self.number("limit", request, in: 1...100)
        self.init(
            after: try Self.number("after", request, in: 0...Self.highestNumber),
            before: try Self.number("before", request, in: 1...Self.highestNumber), limit: Int(limit ?? 20))
    }

    private static func number(
        _ name: String, _ request: Request, in range: ClosedRange<Int64>
    ) throws(FunctionFailure) -> Int64? {
        guard let text = request.parameters[name] else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text), range.contains(number) else {
            throw .invalidRequest(
                detail: "The parameter \(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
