import Platform

/// The columns of a snapshot's file as a scan reads them; the snapshot outlives the scan, and places are below its count.
@safe struct SnapshotColumns {
    let entries: UnsafeMutableBufferPointer<UInt32>
    private let allSeen: UnsafeMutableBufferPointer<UInt32>
    private let allAdultFrom: UnsafeMutableBufferPointer<Int32>
    private let allPreferences: UnsafeMutableBufferPointer<UInt8>
    private let allTotals: UnsafeMutableBufferPointer<UInt16>
    private let allIDs: UnsafeMutableBufferPointer<PackedID>
    private let allCoarse: UnsafeMutableBufferPointer<UInt64>
    private let allHours: UnsafeMutableBufferPointer<UInt64>
    private let allLanguages: UnsafeMutableBufferPointer<UInt64>

    init(_ snapshot: Snapshot) {
        unsafe entries = Self.column(.entries, of: snapshot)
        unsafe allSeen = snapshot.seen.numbers(at: 0, count: snapshot.counts.profiles)
        unsafe allAdultFrom = Self.column(.adultFrom, of: snapshot)
        unsafe allPreferences = Self.column(.preferences, of: snapshot)
        unsafe allTotals = Self.column(.totals, of: snapshot)
        unsafe allIDs = Self.column(.ids, of: snapshot)
        unsafe allCoarse = Self.column(.coarse, of: snapshot)
        unsafe allHours = Self.column(.hours, of: snapshot)
        unsafe allLanguages = Self.column(.languages, of: snapshot)
    }

    private static func column<Number: BitwiseCopyable>(
        _ section: SnapshotCounts.Section, of snapshot: Snapshot
    ) -> UnsafeMutableBufferPointer<Number> {
        let counts = snapshot.counts
        let count = counts.size(section) / MemoryLayout<Number>.stride
        return unsafe snapshot.mapping.numbers(at: counts.offset(section), count: count)
    }

    @inline(__always) func seen(_ slot: Int) -> UInt32 { unsafe allSeen[slot] }
    @inline(__always) func adultFrom(_ slot: Int) -> Int32 { unsafe allAdultFrom[slot] }
    @inline(__always) func preferences(_ slot: Int) -> UInt8 { unsafe allPreferences[slot] }
    @inline(__always) func totals(_ slot: Int) -> UInt16 { unsafe allTotals[slot] }
    @inline(__always) func id(_ slot: Int) -> PackedID { unsafe allIDs[slot] }
    @inline(__always) func coarse(_ slot: Int) -> UInt64 { unsafe allCoarse[slot] }
    @inline(__always) func hours(_ slot: Int, _ word: Int) -> UInt64 { unsafe allHours[slot * 6 + word] }
    @inline(__always) func language(_ slot: Int, _ word: Int) -> UInt64 {
        unsafe allLanguages[slot * PackedPreferences.languageWords + word]
    }
}
