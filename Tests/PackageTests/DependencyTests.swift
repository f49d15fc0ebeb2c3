import Foundation
import Testing

/// What each target imports against what it declares to need.
@Suite struct DependencyTests {
    let manifest: Manifest

    init() throws {
        manifest = try Manifest.loaded.get()
    }

    @Test func `the manifest is read whole`() {
        let names = Set(manifest.targets.map(\.name))
        #expect(names.isSuperset(of: ["Primitives", "Wire", "AccountsDomain", "create-account", "passerelle"]))
        #expect(manifest.targets.first { $0.name == "Tokens" }?.needs == ["Cryptography", "JSON", "Primitives"])
    }

    @Test func `import declarations are found however they are written`() {
        let source = """
            import A
            public import B
            @testable import C
            @preconcurrency package import D // why
            import struct E.F
                import G
            // import X
            /// import X
            let text = "import X"
            important.import
            let lines = \"""
            import X
            \"""
            import H
            """
        #expect(SourceImports.modules(in: source) == ["A", "B", "C", "D", "E", "G", "H"])
    }

    @Test func `no target imports what it does not declare`() throws {
        for target in swiftTargets {
            let undeclared = try imported(by: target).subtracting(target.needs.map(module))
            #expect(undeclared.isEmpty, "\(target) imports \(undeclared.sorted()) without declaring it")
        }
    }

    /// A test may need an executable to be built without importing it.
    @Test func `no target declares what it does not import`() throws {
        let executables = Set(manifest.targets.filter(\.isExecutable).map(\.name))
        for target in swiftTargets {
            let needed = target.isTest ? target.needs.subtracting(executables) : target.needs
            let unused = try Set(needed.map(module)).subtracting(imported(by: target))
            #expect(unused.isEmpty, "\(target) declares \(unused.sorted()) without importing it")
        }
    }

    @Test func `only tests import Foundation or the test library, and nobody what the toolchain does not bring`() throws
    {
        let own = Set(manifest.targets.map { module($0.name) })
        for target in swiftTargets {
            let foreign = try SourceImports(of: target).modules.subtracting(own)
            let allowed: Set =
                target.isTest || target.path.hasPrefix("Tests/Support/")
                ? ["Foundation", "Glibc", "Synchronization", "Testing"] : ["Glibc", "Synchronization"]
            #expect(foreign.isSubset(of: allowed), "\(target) imports \(foreign.subtracting(allowed).sorted())")
        }
    }

    private var swiftTargets: [Manifest.Target] {
        manifest.targets.filter { $0.type != "system" && !$0.path.hasPrefix("Functions/Kit/CLibraries/") }
    }

    /// The package's own modules that `target` imports.
    private func imported(by target: Manifest.Target) throws -> Set<String> {
        try SourceImports(of: target).modules.intersection(manifest.targets.map { module($0.name) })
    }

    /// The module's name as Swift spells it: `create-account` is `create_account`.
    private func module(_ target: String) -> String {
        String(target.map { $0 == "-" ? "_" : $0 })
    }
}
