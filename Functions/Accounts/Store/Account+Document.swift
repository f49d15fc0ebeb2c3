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
        confirmedAt = document["confirmedAt"]?.date
        lastSeenAt = document["lastSeenAt"]?.date
    }
}

extension Account.Credentials {
    init?(_ document: Document) {
        guard let version = document["version"]?.integer, let issuedAt = document["issuedAt"]?.date,
            let expiresAt = document["expiresAt"]?.date
        else { return nil }
        self.version = version
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        mustRenew = document["mustRenew"]?.bool ?? true
        confirmed = document["confirmed"]?.bool ?? false
        claimBy = document["claimBy"]?.date
        secrets = Account.Secrets(document)
    }

    var document: Document {
        var document: Document = [
            "version": .int64(version), "issuedAt": .date(issuedAt), "expiresAt": .date(expiresAt),
            "mustRenew": .bool(mustRenew), "confirmed": .bool(confirmed),
        ]
        if let claimBy { document.append("claimBy", .date(claimBy)) }
        return secrets.map { document.merging($0.document) } ?? document
    }
}

extension Account.Secrets {
    init?(_ document: Document) {
        guard let password = document["password"], let totp = document["totp"],
            let pepperID = document["pepperId"]?.string
        else { return nil }
        self.password = password
        self.totp = totp
        self.pepperID = pepperID
        recoveryPepperID = document["recoveryPepperId"]?.string ?? pepperID
        recoveryCodes = (document["recoveryCodes"]?.array ?? []).compactMap(\.binary)
    }

    var document: Document {
        [
            "password": password, "totp": totp, "pepperId": .string(pepperID),
            "recoveryCodes": .array(recoveryCodes.map(BSONValue.bytes)),
            "recoveryPepperId": .string(recoveryPepperID),
        ]
    }
}
