import Foundation
import Testing

/// What the manual says of other files.
@Suite struct ManualTests {
    private let pages =
        Repository.files(below: "Gateway/Manual", named: ".md") + [
            "README.md", ".github/SECURITY.md", ".github/CONTRIBUTING.md",
        ]

    @Test func `each test that the page on security names is there`() throws {
        var count = 0
        for line in try Repository.lines("Gateway/Manual/security.md") {
            guard let match = line.wholeMatch(of: /- `(?<file>[A-Za-z]+\/[A-Za-z]+)`: (?<sentence>.+)/) else {
                continue
            }
            count += 1
            let file = "Tests/\(match.output.file).swift"
            let isThere = try Repository.exists(file) && Repository.text(file).contains("`\(match.output.sentence)`")
            #expect(isThere, "\(line)")
        }
        #expect(count > 60)
    }

    @Test func `links lead to a page and a heading that are there`() throws {
        for page in pages {
            let folder = page.split(separator: "/").dropLast().joined(separator: "/")
            for match in try Repository.text(page).matches(of: /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/) {
                let file = URL(filePath: Repository.path(folder + "/" + match.output.1)).standardized.path
                let target = match.output.1.isEmpty ? Repository.path(page) : file
                #expect(FileManager.default.fileExists(atPath: target), "\(page): \(match.output.0)")
                guard let anchor = match.output.2, target.hasSuffix(".md") else { continue }
                let headings = try String(contentsOfFile: target, encoding: .utf8).split(separator: "\n")
                    .filter { $0.hasPrefix("#") }.map(anchorOf)
                #expect(headings.contains(String(anchor)), "\(page): \(match.output.0)")
            }
        }
    }

    /// How the platform that hosts the repository makes a heading's anchor.
    private func anchorOf(_ heading: Substring) -> String {
        let text = heading.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(text.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil })
    }

    @Test func `files of Gateway and Tests that pages name are there`() throws {
        for page in pages {
            for match in try Repository.text(page).matches(
                of: /\b(?:Gateway|Tests)\/[A-Za-z0-9_.\/-]*[A-Za-z0-9](?![-*A-Za-z0-9_])/)
            {
                #expect(Repository.exists(String(match.output)), "\(page): \(match.output)")
            }
        }
    }

    @Test func `every target of make that a page shows is there`() throws {
        let makefile = try Repository.text("Makefile")
        var count = 0
        for page in pages {
            for match in try Repository.text(page).matches(of: /`(?:sudo )?make (?:-s )?([a-z]+)[^`\n]*`/) {
                count += 1
                #expect(makefile.contains("\n\(match.output.1):"), "\(page): make \(match.output.1)")
            }
        }
        #expect(count > 10)
    }
}
