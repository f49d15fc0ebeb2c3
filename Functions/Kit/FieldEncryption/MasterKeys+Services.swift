import BSON
import MongoDB

extension MasterKeys {
    /// What wraps new data keys and opens old ones, one service for each local master key: the driver holds one local
    /// key at a time.
    var services: [ClientEncryption.KeyService] {
        all.map { key in
            var providers: Document = ["local": ["key": .bytes(key)]]
            guard let service else { return ClientEncryption.KeyService(providers: providers, provider: "local") }
            providers.append(service.provider, .document(service.credentials))
            let tls: Document = service.tls.elements.isEmpty ? [:] : [service.provider: .document(service.tls)]
            return ClientEncryption.KeyService(
                providers: providers, tls: tls, provider: service.provider, masterKey: service.masterKey)
        }
    }
}
