import Audit
import BSON
import FieldEncryption
import Installation
import MongoDB
import Primitives

extension Accounts {
    /// The caller's address for an audit event, under the account's key, or the installation's where there is no
    /// account; `nil` where the address is not known.
    func sealedAddress(_ address: String, of account: Account?) -> SealedAddress? {
        guard !address.isEmpty, let key = try? account?.keyID ?? installation.ownKey() else { return nil }
        let place = Self.addressPlace(account?.id ?? key)
        let sealed = try? installation.encryption.encrypt(.string(address), at: place, key: key)
        return sealed.map { SealedAddress(ciphertext: $0, owner: account?.id) }
    }

    /// The address that was sealed so; `nil` where the account was erased, or the ciphertext is not in its place.
    func address(_ sealed: BSONValue, of owner: UniqueID?) -> String? {
        let account = owner.flatMap { try? self.account($0) }
        if owner != nil, account == nil { return nil }
        guard let key = try? account?.keyID ?? installation.ownKey() else { return nil }
        let place = Self.addressPlace(owner ?? key)
        return try? installation.encryption.decrypt(sealed, at: place, key: key).string
    }

    private static func addressPlace(_ owner: UniqueID) -> FieldPlace {
        FieldPlace(owner: owner, document: .id(owner), field: "audit.clientAddress")
    }
}
