import AccountsDomain
import BSON
import Primitives

extension Account {
    /// Reads a stored account; `nil` where a member is missing or of another type.
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let login = document["login"]?.string,
            let status = document["status"]?.string.flatMap(AccountStatus.init(rawValue:)),
            let keyID = document["keyId"]?.id, let createdAt = document["createdAt"]?.date,
            let credentials = document["credentials"]?.document.flatMap(Credentials.init)
        else { return nil }
        self.id = id
        self.login = login
        self.status = status
        self.keyID = keyID
        self.createdAt = createdAt
        self.credentials = credentials
        roles = (document["roles"]?.array ?? []).compactMap { $0.string.flatMap(Role.init(rawValue:)) }
        email = document["email"]
        totpLastStep = document["totpLastStep"]?.integer
    }
}

extension Account.Credentials {
    init?(_ document: Document) {
        guard let version = document["version"]?.integer, let issuedAt = document["issuedAt"]?.date,
            let expiresAt = document["expiresAt"]?.date, let password = document["password"],
            let totp = document["totp"], let pepperID = document["pepperId"]?.string
        else { return nil }
        self.version = version
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.password = password
        self.totp = totp
        self.pepperID = pepperID
        recoveryPepperID = document["recoveryPepperId"]?.string ?? pepperID
        mustRenew = document["mustRenew"]?.bool ?? true
        confirmed = document["confirmed"]?.bool ?? false
        recoveryCodes = (document["recoveryCodes"]?.array ?? []).compactMap(\.binary)
    }

    var document: Document {
        [
            "version": .int64(version), "issuedAt": .date(issuedAt), "expiresAt": .date(expiresAt),
            "mustRenew": .bool(mustRenew), "password": password, "totp": totp,
            "recoveryCodes": .array(recoveryCodes.map(BSONValue.bytes)), "pepperId": .string(pepperID),
            "recoveryPepperId": .string(recoveryPepperID), "confirmed": .bool(confirmed),
        ]
    }
}
