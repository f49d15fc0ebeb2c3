package import BSON
import CMongoShim

/// The driver's explicit encryption, its data keys wrapped by a key service.
@safe package final class ClientEncryption {
    /// The length of a local master key, in bytes.
    package static var masterKeyLength: Int { Int(CM_MASTER_KEY_SIZE) }

    /// Why it failed.
    package enum Failure: Error {
        /// The store did not give or take a data key.
        case store(MongoError)
        /// libmongocrypt failed: no such key, a key under another master key, or altered bytes.
        case cipher
    }

    private let client: MongoClient
    private let handle: OpaquePointer

    /// Who wraps data keys, as documents of MongoDB's client-side encryption specification.
    package struct KeyService {
        /// Each provider's credentials.
        package var providers: Document
        /// Each provider's TLS options.
        package var tls: Document
        /// Who wraps new data keys.
        package var provider: String
        /// That one's master key; empty for `local`.
        package var masterKey: Document

        /// Names the service.
        package init(providers: Document, tls: Document = [:], provider: String, masterKey: Document = [:]) {
            self.providers = providers
            self.tls = tls
            self.provider = provider
            self.masterKey = masterKey
        }
    }

    /// Keeps data keys in that collection.
    package init(
        client: MongoClient, database: String, collection: String, service: KeyService
    ) throws(MongoError) {
        var error = cm_error()
        let handle = unsafe Self.lending(service) { service in
            unsafe cm_encryption_new(client.handle, database, collection, service, &error)
        }
        guard let handle = unsafe handle else { throw client.failure(error) }
        self.client = client
        unsafe self.handle = handle
    }

    private static func lending<Result>(
        _ service: KeyService, _ body: (UnsafePointer<cm_key_service>) -> Result
    ) -> Result {
        unsafe view(service.providers) { providers in
            unsafe view(service.tls) { tls in
                unsafe view(service.masterKey) { masterKey in
                    unsafe service.provider.withCString { provider in
                        var lent = unsafe cm_key_service(
                            providers: providers, tls: tls, provider: provider, master_key: masterKey)
                        return unsafe body(&lent)
                    }
                }
            }
        }
    }

    private static func view<Result>(_ document: Document, _ body: (cm_view) -> Result) -> Result {
        unsafe document.bytes.withUnsafeBufferPointer { bytes in
            unsafe body(cm_view(start: bytes.baseAddress, count: bytes.count))
        }
    }

    deinit {
        unsafe cm_encryption_free(handle)
    }

    /// Makes a data key and stores it under `name` with one insert; gives the sixteen bytes of its id.
    package func createKey(_ name: String) throws(Failure) -> [UInt8] {
        var id = [UInt8](repeating: 0, count: Int(CM_KEY_ID_SIZE))
        var error = cm_error()
        let isDone = unsafe id.withUnsafeMutableBufferPointer { id in
            unsafe cm_encryption_create_key(handle, name, id.baseAddress, &error)
        }
        guard isDone else { throw failure(error) }
        return id
    }

    /// Wraps the data keys that match `filter` anew, by the service that wraps new ones.
    package func rewrap(_ filter: Document) throws(Failure) {
        var error = cm_error()
        let isDone = unsafe Self.view(filter) { filter in
            unsafe cm_encryption_rewrap(handle, filter, &error)
        }
        guard isDone else { throw failure(error) }
    }

    /// The payload of a binary of subtype 6 that holds the BSON bytes of a document.
    package func encrypt(_ document: [UInt8], key: [UInt8]) throws(Failure) -> [UInt8] {
        guard key.count == Int(CM_KEY_ID_SIZE) else { throw .cipher }
        return try unsafe converting(document) { view, output, error in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe cm_encryption_encrypt(handle, key.baseAddress, view, output, error)
            }
        }
    }

    /// The BSON bytes of the document in such a payload.
    package func decrypt(_ payload: [UInt8]) throws(Failure) -> [UInt8] {
        try unsafe converting(payload) { view, output, error in
            unsafe cm_encryption_decrypt(handle, view, output, error)
        }
    }

    private func converting(
        _ input: [UInt8],
        _ body: (cm_view, UnsafeMutablePointer<cm_bytes>, UnsafeMutablePointer<cm_error>) -> Bool
    ) throws(Failure) -> [UInt8] {
        var output = unsafe cm_bytes()
        var error = cm_error()
        let isDone = unsafe input.withUnsafeBufferPointer { bytes in
            unsafe body(cm_view(start: bytes.baseAddress, count: bytes.count), &output, &error)
        }
        defer { unsafe cm_bytes_free(output) }
        guard isDone else { throw failure(error) }
        return unsafe Array(UnsafeBufferPointer(start: output.start, count: output.count))
    }

    private func failure(_ error: cm_error) -> Failure {
        error.kind == CM_ERROR_ENCRYPTION ? .cipher : .store(client.failure(error))
    }
}
