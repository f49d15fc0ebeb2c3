import Testing

@testable import Wire

/// Random frames' parts from a seed (SplitMix64), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func text() -> String {
        String((0..<Int.random(in: 0...40, using: &self)).map { _ in "aZ09-/é🎲 %".randomElement(using: &self) ?? "a" })
    }

    mutating func fields() -> [HeaderField] {
        (0..<Int.random(in: 0...8, using: &self)).map { _ in HeaderField(text(), text()) }
    }

    mutating func body() -> [UInt8] {
        (0..<Int.random(in: 0...300, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    mutating func invocation() -> Invocation {
        var invocation = Invocation()
        invocation.callID = text()
        invocation.method = text()
        invocation.path = text()
        invocation.query = Bool.random(using: &self) ? text() : nil
        invocation.clientAddress = text()
        invocation.headers = fields()
        invocation.deadline = next()
        invocation.isInternal = Bool.random(using: &self)
        invocation.body = body()
        return invocation
    }

    mutating func reply() -> Reply {
        var reply = Reply(status: UInt16.random(in: 200...599, using: &self), headers: fields(), body: body())
        reply.retires = Bool.random(using: &self)
        return reply
    }
}

extension Array<UInt8> {
    /// A frame without its length.
    var content: ArraySlice<UInt8> { self[Frame.prefixLength...] }
}

@Suite struct FrameTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `whatever is framed is read back the same`(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let invocation = random.invocation()
        #expect(try Invocation(parsing: invocation.frame().content) == invocation)
        let reply = random.reply()
        #expect(try Reply(parsing: reply.frame().content) == reply)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `a frame written from bytes equals one written from an invocation`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let invocation = random.invocation()
        let path = Array(invocation.path.utf8)
        let query = invocation.query.map { Array($0.utf8) }
        var frame = InvocationFrame(
            callID: invocation.callID, method: invocation.method, clientAddress: invocation.clientAddress,
            isInternal: invocation.isInternal, path: path.span, query: query?.span, reserving: 0)
        for field in invocation.headers {
            let name = Array(field.name.utf8)
            let value = Array(field.value.utf8)
            frame.append(name.span, value.span)
        }
        var bytes = frame.finished(body: invocation.body)
        InvocationFrame.setDeadline(invocation.deadline, in: &bytes)
        #expect(bytes == invocation.frame())
    }

    @Test func `a frame begins with its content's length, least significant byte first`() throws {
        let frame = Reply(status: 204).frame()
        #expect(frame == [6, 0, 0, 0, 1, 0, 204, 0, 0, 0])
        #expect(try Frame.length(prefix: frame, limit: 6) == 6)
    }

    @Test func `a length over the limit is refused`() {
        #expect(throws: FrameError.tooLong(length: 0xffff_ffff, limit: 1000)) {
            try Frame.length(prefix: [0xff, 0xff, 0xff, 0xff], limit: 1000)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a frame cut anywhere before its content is refused`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        var invocation = random.invocation()
        invocation.body = []
        let content = invocation.frame().content
        for end in content.indices {
            #expect(throws: FrameError.truncated) { try Invocation(parsing: content[..<end]) }
        }
        var reply = random.reply()
        reply.body = []
        let answer = reply.frame().content
        for end in answer.indices {
            #expect(throws: FrameError.truncated) { try Reply(parsing: answer[..<end]) }
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `a frame changed anywhere is read as something of bounded size or refused`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        var content = random.invocation().frame().content
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let at = content.indices.randomElement(using: &random) ?? content.startIndex
            content[at] = UInt8.random(in: 0...255, using: &random)
        }
        if let read = try? Invocation(parsing: content) {
            #expect(read.body.count <= content.count && read.headers.count * 6 <= content.count)
        }
        if let read = try? Reply(parsing: content) {
            #expect(read.body.count <= content.count && (200...599).contains(read.status))
        }
    }

    @Test(arguments: [
        ([2, 0, 200, 0, 0, 0], FrameError.version(2)),
        ([1, 0, 199, 0, 0, 0], .malformed),
        ([1, 0, 88, 2, 0, 0], .malformed),
        ([1, 0, 200, 0, 1, 0], .truncated),
        ([1, 0, 200, 0, 1, 0, 1, 0, 0xff, 0, 0, 0, 0], .malformed),
        ([1, 0, 200, 0, 1, 0, 1, 0, 97, 0xff, 0xff, 0xff, 0xff], .truncated),
        ([], .truncated),
    ])
    func `a broken reply is refused by name`(_ content: [UInt8], _ error: FrameError) {
        #expect(throws: error) { try Reply(parsing: content[...]) }
    }
}
