import Foundation
import Testing

/// The one way that arrows between the parts go, checked on what is declared; imports follow, by DependencyTests.
@Suite struct ArchitectureTests {
    let targets: [Manifest.Target]

    init() throws {
        targets = try Manifest.loaded.get().targets
    }

    @Test func `the gateway needs frames, descriptors, text formats and clocks, and neither store nor cryptography`() {
        let kit: Set = ["Wire", "Platform", "Primitives", "JSON", "TimeZones", "Compression", "CYAML", "CLinux"]
        expectNeeds(of: targets(below: "Gateway/"), within: kit.union(targets(below: "Gateway/").map(\.name)))
    }

    @Test func `the kit needs nothing but itself`() {
        expectNeeds(of: targets(below: "Functions/Kit/"), within: Set(targets(below: "Functions/Kit/").map(\.name)))
    }

    @Test func `a domain needs the primitives alone`() throws {
        let domains = targets.filter { $0.path.hasSuffix("/Domain") }
        #expect(!domains.isEmpty)
        expectNeeds(of: domains, within: ["Primitives"])
        for domain in domains {
            #expect(try SourceImports(of: domain).modules.isSubset(of: ["Primitives"]), "\(domain)")
        }
    }

    /// Three leaves stand above all packs: one exports and erases an account, one makes the indexes and the first admin,
    /// one tells of a backup that failed.
    @Test func `a pack needs itself, the kit, who is calling and who is related`() {
        let shared = Set(targets(below: "Functions/Kit/").map(\.name)).union(["AccountsAccess", "PlayersRelations"])
        let parts = ["Store", "Domain", "Answering"]
        let stores = Set(
            targets.filter { parts.contains(String($0.path.split(separator: "/").last ?? "")) }.map(\.name))
        for target in targets(below: "Functions/") where !target.path.hasPrefix("Functions/Kit/") {
            let own = targets(below: pack(of: target)).filter { !$0.isExecutable }.map(\.name)
            let above = ["manage-account", "set-up", "back-up"].contains(target.name) ? stores : []
            expectNeeds(of: [target], within: shared.union(own).union(above))
        }
    }

    @Test func `a store needs its pack's domain, not those who use it`() {
        for store in targets where store.path.hasSuffix("/Store") {
            let pack = targets(below: pack(of: store)).filter { $0.path != store.path }
            let users = pack.filter { !$0.path.hasSuffix("/Domain") }.map(\.name)
            #expect(store.needs.isDisjoint(with: users), "\(store) needs \(store.needs.intersection(users).sorted())")
        }
    }

    /// Shims over the operating system alone may stand elsewhere, the gateway reads YAML itself, and what the benchmarks
    /// compare with is an outside library as any program calls it.
    @Test func `outside libraries are called from the kit's adapters alone`() {
        let libraries = Set(targets.filter { $0.type == "system" }.map(\.name)).subtracting(["CYAML"])
        let shims = targets(below: "Functions/Kit/CLibraries/").filter { !$0.needs.isDisjoint(with: libraries) }
        let wrapped = libraries.union(shims.map(\.name))
        #expect(wrapped.isSuperset(of: ["CMongoC", "CMongoShim", "COpenSSL", "CSodium"]))
        for target in targets
        where !target.path.hasPrefix("Functions/Kit/") && !target.path.hasPrefix("Tests/Benchmarks/bare-") {
            let called = target.needs.intersection(wrapped)
            #expect(called.isEmpty, "\(target) needs \(called.sorted())")
        }
    }

    @Test func `no two targets nest, and each executable is the folder of its name`() {
        for target in targets {
            #expect(targets.filter { ($0.path + "/").hasPrefix(target.path + "/") }.count == 1, "\(target)")
            guard target.isExecutable else { continue }
            #expect(target.path.split(separator: "/").last.map(String.init) == target.name)
        }
    }

    private func targets(below path: String) -> [Manifest.Target] {
        targets.filter { $0.path.hasPrefix(path) }
    }

    /// `Functions/Accounts/` for all that lies in it.
    private func pack(of target: Manifest.Target) -> String {
        target.path.split(separator: "/").prefix(2).joined(separator: "/") + "/"
    }

    private func expectNeeds(of targets: [Manifest.Target], within allowed: Set<String>) {
        #expect(!targets.isEmpty)
        for target in targets {
            let forbidden = target.needs.subtracting(allowed)
            #expect(forbidden.isEmpty, "\(target) needs \(forbidden.sorted())")
        }
    }
}
