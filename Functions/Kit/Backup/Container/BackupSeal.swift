/// How an installation signs what it has made, and knows it again.
public struct BackupSeal {
    /// A signature and the id of the key that made it.
    public typealias Signature = (keyID: String, mac: [UInt8])

    let sign: ([UInt8]) -> Signature
    let isOurs: (Signature, _ message: [UInt8]) -> Bool

    /// Takes both directions.
    public init(sign: @escaping ([UInt8]) -> Signature, isOurs: @escaping (Signature, _ message: [UInt8]) -> Bool) {
        self.sign = sign
        self.isOurs = isOurs
    }
}
