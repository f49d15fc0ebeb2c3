import CQREncode

/// The modules of one QR code.
struct Symbol {
    /// How many light modules surround the symbol (ISO/IEC 18004, section 6.3.8).
    static let quietZone = 4

    /// The number of modules on each side, without the quiet zone.
    let width: Int
    private let modules: [UInt8]

    init(encoding text: String) throws(QRError) {
        let bytes = Array(text.utf8)
        guard (1...QRCode.longest).contains(bytes.count) else { throw .badLength }
        let code = unsafe QRcode_encodeData(CInt(bytes.count), bytes, 0, QR_ECLEVEL_M)
        guard let code = unsafe code else { throw .failed }
        defer { unsafe QRcode_free(code) }
        width = unsafe Int(code.pointee.width)
        modules = unsafe Array(UnsafeBufferPointer(start: code.pointee.data, count: width * width))
    }

    /// The number of modules on each side, with the quiet zone.
    var widthWithQuietZone: Int { width + 2 * Self.quietZone }

    /// Whether the module at `x` and `y`, both counted within the quiet zone, is dark; outside nothing is.
    func isDark(_ x: Int, _ y: Int) -> Bool {
        let column = x - Self.quietZone
        let row = y - Self.quietZone
        guard (0..<width).contains(column), (0..<width).contains(row) else { return false }
        return modules[row * width + column] & 1 == 1
    }
}
