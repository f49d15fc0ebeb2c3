import Testing

@testable import GatewayWorkers

@Suite(.serialized) struct SharedMemoryTests {
    @Test func `a function's memory is shared by its workers, one after the other and side by side`() throws {
        let harness = try Harness(
            "labels: {com.openfaas.scale.min: 2, com.openfaas.scale.max: 2}",
            "annotations: {passerelle.shared-memory: 4KiB}")
        defer { try? harness.close() }
        let first = (0..<20).map { _ in harness.begin("shared") }
        try harness.turn { first.allSatisfy { $0.outcome != nil } }
        for _ in 0..<2 {
            let killed = harness.begin("raise 9")
            try harness.turn { killed.outcome != nil }
        }
        #expect(try harness.answer("shared") == "21")
    }

    @Test func `nobody can make it longer or shorter`() throws {
        let harness = try Harness("annotations: {passerelle.shared-memory: 4KiB}")
        defer { try? harness.close() }
        #expect(try harness.answer("grow") == "false false")
        #expect(try harness.answer("shared") == "1")
    }

    @Test func `a process that is given no memory has three descriptors, and one that is has four`() throws {
        for (settings, descriptors) in [
            ("annotations: {}", "0 1 2"), ("annotations: {passerelle.shared-memory: 4KiB}", "0 1 2 3"),
            ("annotations: {passerelle.shared-memory: 4KiB, passerelle.mode: one-shot}", "0 1 2"),
        ] {
            let harness = try Harness(settings)
            defer { try? harness.close() }
            #expect(try harness.answer("descriptors") == descriptors)
        }
    }
}
