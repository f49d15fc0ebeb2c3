package import JSON

extension JSONMembers {
    /// The member's text where `isValid` finds it good; throws with `detail` otherwise.
    package mutating func checked(
        _ name: String, _ detail: String, _ isValid: (String) -> Bool
    ) throws(JSONError) -> String {
        let text = try required(name, as: String.self)
        guard isValid(text) else { throw JSONError(detail).inside(name) }
        return text
    }

    /// The member as one of the words that `Choice` knows; `nil` where it is left out.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, as _: Choice.Type = Choice.self
    ) throws(JSONError) -> Choice? where Choice.RawValue == String {
        guard let text = try optional(name, as: String.self) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONError("must be one of " + words).inside(name)
        }
        return choice
    }

    /// The member as a whole number in `range`; `nil` where it is left out.
    package mutating func number(_ name: String, in range: ClosedRange<Int64>) throws(JSONError) -> Int? {
        guard let number = try optional(name, as: Int64.self) else { return nil }
        guard range.contains(number) else {
            throw JSONError("must be \(range.lowerBound) to \(range.upperBound)").inside(name)
        }
        return Int(number)
    }
}
