import AccountsDomain
import Testing

@Suite struct PasswordPolicyTests {
    static let sample = (0..<4000).map { seed in PasswordPolicy.generate(random: SeededRandom(UInt64(seed) << 20)) }

    @Test func `the alphabet is printable ASCII without look-alikes, quotes and the backslash`() {
        #expect(PasswordPolicy.alphabet.count == 84)
        #expect(Set(PasswordPolicy.alphabet).count == 84)
        #expect(PasswordPolicy.alphabet.allSatisfy { (0x21...0x7e).contains($0) })
        #expect(Set(PasswordPolicy.alphabet).isDisjoint(with: "O0Il1|\"'`\\".utf8))
    }

    @Test func `every password has 24 allowed characters of all four classes`() {
        for password in Self.sample {
            #expect(password.count == 24)
            #expect(Set(password).isSubset(of: PasswordPolicy.alphabet))
            #expect(classes(of: password) == Set(0...3))
        }
    }

    @Test func `no two passwords are alike`() {
        #expect(Set(Self.sample).count == Self.sample.count)
    }

    @Test func `no position is kept for a class`() {
        for position in 0..<24 {
            #expect(classes(of: Self.sample.map { $0[position] }) == Set(0...3))
        }
    }

    /// The chance that a character is of each class, given that the whole password has all classes, follows from
    /// counting passwords by inclusion and exclusion; putting a missing class in place would show here.
    @Test func `classes are as frequent as drawing again makes them`() {
        let sizes = [24.0, 25.0, 8.0, 27.0]
        let all = passwords(length: 24, missingNone: sizes)
        let expected = sizes.indices.map { of in
            let rest = passwords(length: 23, missingNone: sizes) + passwords(length: 23, missingOnly: of, of: sizes)
            return sizes[of] * rest / all
        }
        #expect(abs(expected.reduce(0, +) - 1) < 1e-9)
        for position in 0..<24 {
            var counts = [0.0, 0, 0, 0]
            for password in Self.sample { counts[classOf(password[position])] += 1 }
            // Chi-square with 3 degrees of freedom; 24 positions; beyond 24 once in 2,000 runs of other seeds.
            #expect(chiSquare(counts, expected.map { $0 * Double(Self.sample.count) }) < 24)
        }
    }

    @Test func `within a class every character is equally frequent`() {
        for members in Dictionary(grouping: PasswordPolicy.alphabet, by: classOf).values {
            let drawn = Self.sample.joined().filter(members.contains)
            let counts = members.map { member in Double(drawn.count { $0 == member }) }
            let expected = Double(drawn.count) / Double(members.count)
            // At most 26 degrees of freedom: beyond 60 about once in 5,000 runs of other seeds.
            #expect(chiSquare(counts, counts.map { _ in expected }) < 60)
        }
    }

    @Test(arguments: [
        "abcdefghABCDEFGH23456789", "abcdefghijkmnopqrstuvw2!", "ABCDEFGHABCDEFGHABCDEF2!", "abcdABCDabcdABCDabcdABC!",
        "aB2!aB2!aB2!aB2!aB2!aB2", "aB2!aB2!aB2!aB2!aB2!aB2!a", "aB2!aB2!aB2!aB2!aB2!aB2l", "aB2!aB2!aB2!aB2!aB2!aB2 ",
    ])
    func `a password without a class, of another length or with a forbidden character is not allowed`(text: String) {
        #expect(!PasswordPolicy.allows(Array(text.utf8)))
    }

    private func classes(of characters: [UInt8]) -> Set<Int> {
        Set(characters.map(classOf))
    }

    private func classOf(_ character: UInt8) -> Int {
        switch character {
        case 65...90: 0
        case 97...122: 1
        case 48...57: 2
        default: 3
        }
    }

    private func chiSquare(_ counts: [Double], _ expected: [Double]) -> Double {
        zip(counts, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }

    /// How many strings of `length` have at least one character of each class, by inclusion and exclusion.
    private func passwords(length: Int, missingNone sizes: [Double]) -> Double {
        (0..<1 << sizes.count).reduce(0.0) { sum, subset in
            let absent = sizes.indices.filter { subset >> $0 & 1 == 1 }
            let left = sizes.reduce(0, +) - absent.map { sizes[$0] }.reduce(0, +)
            return sum + (absent.count.isMultiple(of: 2) ? 1 : -1) * power(left, length)
        }
    }

    private func passwords(length: Int, missingOnly missing: Int, of sizes: [Double]) -> Double {
        passwords(length: length, missingNone: sizes.indices.filter { $0 != missing }.map { sizes[$0] })
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1.0) { product, _ in product * base }
    }
}
