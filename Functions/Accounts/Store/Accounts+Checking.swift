public import AccountsDomain
import Audit
import Cryptography
import FieldEncryption
import Installation
import MongoDB
import Primitives
public import Runtime
import Tokens

extension Accounts {
    /// Checks password and second factor, counting the try beforehand.
    ///
    /// The work is the same whether the login exists, is locked, or the password is right. A right proof is used up by
    /// what follows, one of the `commit` calls; until then nothing but the count has changed.
    public func check(_ login: Login, _ proof: Proof, _ context: Context) throws -> ProofOutcome {
        let now = context.now
        let account = try account(login, at: now)
        let device = try knownDevice(proof.device, account, context)
        let key = throttles.key(login, device: device)
        if let seconds = try throttles.addresses.take(context.clientAddress, at: now) {
            return .throttled(retryAfter: seconds)
        }
        if case .refused(let seconds, let isFirst) = try throttles.take(key, at: now) {
            if isFirst { try tell(.loginThrottled, login, account, context) }
            return .throttled(retryAfter: seconds)
        }
        do {
            let finding = try evaluate(login, proof, account, context)
            if case .right(let factor, let raised) = finding, let account {
                try throttles.addresses.giveBack(context.clientAddress, at: now)
                return .proven(
                    ProvenLogin(account: account, factor: factor, device: device, raised: raised, throttle: key))
            }
            if case .replayed = finding { try throttles.giveBack(key, at: now) }
        } catch {
            throttles.giveBack(key, after: error, at: now)
            throw error
        }
        try tell(.loginFailed, login, account, context)
        return .refused
    }

    /// Checks a second factor by itself, on the same count; without one, it is a failure.
    func checkFactor(_ factor: SecondFactor?, of account: Account, _ context: Context) throws -> ProofOutcome {
        guard let login = Login(parsing: account.login) else { return .refused }
        return try check(login, Proof(password: nil, factor: factor ?? .totp("")), context)
    }

    private enum Finding {
        case right(UsedFactor, RaisedPassword?)
        case replayed
        case wrong
    }

    private func evaluate(
        _ login: Login, _ proof: Proof, _ account: Account?, _ context: Context
    ) throws -> Finding {
        let opened = try open(account, login, context)
        let password = Array((proof.password ?? "").utf8)
        let isRight = try verify(password, proof, opened, account)
        let factor = verdict(on: proof.factor, opened, account, context)
        guard isRight, let account, account.status != .locked, account.credentials.secrets != nil else { return .wrong }
        switch factor {
        case .wrong: return .wrong
        case .replayed: return .replayed
        case .right(let used, _):
            guard proof.password != nil else { return .right(used, nil) }
            return .right(used, try sealer.raised(password, opened.passwordHash, in: account))
        }
    }

    private func verify(
        _ password: [UInt8], _ proof: Proof, _ opened: OpenedCredentials, _ account: Account?
    ) throws -> Bool {
        guard proof.password != nil else { return true }
        return try sealer.verify(
            password, opened.passwordHash, of: account?.id ?? decoy.account,
            pepperID: account?.credentials.secrets?.pepperID ?? "")
    }

    /// The account's secrets; those of nobody where there is no account, or where a field is not in its place.
    private func open(_ account: Account?, _ login: Login, _ context: Context) throws -> OpenedCredentials {
        guard let account, let secrets = account.credentials.secrets else {
            return try decoy.open(Array(login.folded.utf8))
        }
        do {
            return try sealer.open(secrets, of: account)
        } catch .store(let error) {
            throw error
        } catch .wrongMasterKey {
            throw FieldEncryptionError.wrongMasterKey
        } catch {
            context.log.write(.error, "field.refused")
            try tell(.fieldRefused, login, account, context)
            return try decoy.open(Array(login.folded.utf8))
        }
    }

    private func verdict(
        on factor: SecondFactor, _ opened: OpenedCredentials, _ account: Account?, _ context: Context
    ) -> Finding {
        switch factor {
        case .totp(let code):
            let totp = TOTP(secret: opened.totpSecret, hmacSHA1: HMAC.sha1(key:_:))
            switch totp.verdict(on: code, at: context.now, after: account?.totpLastStep) {
            case .accepted(let step): return .right(.totp(step: step), nil)
            case .replayed: return .replayed
            case .wrong: return .wrong
            }
        case .recoveryCode(let typed):
            guard let account, let code = RecoveryCode(parsing: typed),
                let digest = sealer.digest(of: code, in: account),
                let secrets = account.credentials.secrets,
                secrets.recoveryCodes.contains(where: { constantTimeEqual($0, digest) })
            else { return .wrong }
            return .right(.recoveryCode(digest: digest), nil)
        }
    }

    private func knownDevice(
        _ token: OpaqueToken?, _ account: Account?, _ context: Context
    ) throws(MongoError) -> OpaqueToken? {
        guard let token, let account else { return nil }
        return try isKnown(token, to: account, at: context.now) ? token : nil
    }

    /// Writes an event about a try that did not get through.
    func tell(
        _ kind: AuditEvent.Kind, _ login: Login, _ account: Account?, _ context: Context
    ) throws(MongoError) {
        let subject: AuditEvent.Party =
            account.map { .account($0.id) } ?? .login(installation.audit.pseudonym(ofFolded: login.folded))
        try installation.audit.write(
            AuditEvent(
                kind, by: .anyone, on: subject, .refused, address: sealedAddress(context.clientAddress, of: account),
                call: context.callID, at: context.now))
    }
}
