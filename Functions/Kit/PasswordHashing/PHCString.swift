import Primitives

/// The text form of an Argon2id hash: `$argon2id$v=19$m=…,t=…,p=…$salt$hash` (PHC string format).
struct PHCString: Equatable {
    let parameters: Argon2Parameters
    let salt: [UInt8]
    let hash: [UInt8]

    private static let longest = 256

    init(parameters: Argon2Parameters, salt: [UInt8], hash: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.hash = hash
    }

    /// Takes exactly what ``text`` writes, with bearable costs; `nil` for everything else.
    init?(parsing text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19",
            let parameters = Argon2Parameters(parsing: parts[3]), parameters.areBearable,
            let salt = Self.decode(parts[4]), (8...48).contains(salt.count),
            let hash = Self.decode(parts[5]), (16...64).contains(hash.count)
        else { return nil }
        self.init(parameters: parameters, salt: salt, hash: hash)
    }

    var text: String {
        "$argon2id$v=19$\(parameters.text)$\(Self.encode(salt))$\(Self.encode(hash))"
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        String(Base64.standard.encode(bytes).prefix { $0 != "=" })
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        guard !text.contains("=") else { return nil }
        return Base64.standard.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}

extension Argon2Parameters {
    /// Takes `m=19456,t=2,p=1`: this order, decimal, no sign, no leading zero.
    init?(parsing text: Substring) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3,
            let memory = Self.number(parts[0], "m="), let passes = Self.number(parts[1], "t="),
            let lanes = Self.number(parts[2], "p=")
        else { return nil }
        self.init(memory: memory, passes: passes, lanes: lanes)
    }

    var text: String { "m=\(memory),t=\(passes),p=\(lanes)" }

    private static func number(_ text: Substring, _ name: String) -> Int? {
        guard text.hasPrefix(name), let number = Int32(text.dropFirst(name.count)), text == name + String(number) else {
            return nil
        }
        return Int(number)
    }
}
