import COpenSSL

/// The hashes of FIPS 180-4 that are used here.
enum HashAlgorithm {
    case sha1
    case sha256
    case sha512

    /// The number of bytes that the hash gives.
    var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// OpenSSL's own static description of the hash, never to be freed.
    var implementation: OpaquePointer? {
        switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha512: unsafe EVP_sha512()
        }
    }
}
