/// Which address each file of the pages has. A request's path is compared with these as it came, never decoded and
/// never made into a file's name, so that no spelling of it leads anywhere else.
struct PageTable: Sendable {
    private var pages: [String: Page] = [:]
    /// What a browser is shown where there is nothing.
    private(set) var missing: Page?

    /// A table without pages.
    init() {}

    /// Takes files by their names below the folder, such as `login.html` or `assets/style/base.css`.
    init(_ files: [String: [UInt8]]) {
        for (name, body) in files {
            guard let page = Page(name: name, body: body) else { continue }
            if name == "not-found.html" { missing = page } else { pages[Self.path(of: name)] = page }
        }
    }

    var count: Int { pages.count }

    /// The page at a path; `nil` for none.
    subscript(path: String) -> Page? { pages[path] }

    /// `home.html` is at `/`, every other page at its name without the ending, and any other file at its name.
    private static func path(of name: String) -> String {
        if name == "home.html" { return "/" }
        return "/" + (name.hasSuffix(".html") ? String(name.dropLast(5)) : name)
    }
}
