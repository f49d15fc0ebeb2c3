/// The release that this source belongs to.
enum Release {
    static let number = "0.1.0"
}
