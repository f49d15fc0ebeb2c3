import AccountsDomain
import AccountsIssuing
import AccountsStore
import BSON
import FieldEncryption
import HTTPClient
import Installation
import Primitives
import Runtime
import Secrets

/// Writes to accounts' owners by mail.
struct Postman {
    private static let timeout = 20_000
    private static let reserve = 1500

    private let accounts: Accounts
    private let sender: Mailbox
    private let language: MailLanguage
    private let client: MailClient

    /// Reads `SMTP_URL`, `SMTP_FROM`, `SMTP_USER`, `MAIL_LANGUAGE` and the secret `smtp-password`; `nil` where mail is
    /// not configured.
    init?(_ accounts: Accounts) throws(SetUpFailure) {
        let environment = accounts.installation.environment
        guard let language = MailLanguage(rawValue: environment.setting("MAIL_LANGUAGE") ?? "en") else {
            throw .configuration("MAIL_LANGUAGE must be en or fr.")
        }
        let server = try Self.server(accounts.installation)
        let from = environment.setting("SMTP_FROM")
        if server == nil, from == nil { return nil }
        guard let sender = from.flatMap(Mailbox.init(parsing:)) else {
            throw .configuration("SMTP_FROM must be an address such as \"Passerelle <noreply@example.org>\".")
        }
        guard let server else { return nil }
        self.accounts = accounts
        self.sender = sender
        self.language = language
        do { client = try MailClient(server) } catch { throw .temporary("Mail cannot be prepared: \(error).") }
    }

    private static func server(_ installation: Installation) throws(SetUpFailure) -> MailServer? {
        guard let url = installation.environment.setting("SMTP_URL") else { return nil }
        guard let server = MailServer(url: url, login: try login(installation)) else {
            throw .configuration("SMTP_URL must be smtp:// or smtps:// with a host and, if need be, a port, no more.")
        }
        return server
    }

    private static func login(_ installation: Installation) throws(SetUpFailure) -> MailServer.Login? {
        guard let user = installation.environment.setting("SMTP_USER") else { return nil }
        do {
            let password = try installation.secrets.readText("smtp-password")
            return MailServer.Login(user: user, password: String(decoding: password, as: UTF8.self))
        } catch {
            throw .configuration("SMTP_USER is set, and its password cannot be read: \(error).")
        }
    }

    /// Writes to the owner of the account that the notice is about, where there is something to say to him and an
    /// address; a link to new credentials is minted only now, and is in the mail alone.
    func send(_ notice: DueNotice, _ context: Context) throws -> Delivery {
        guard notice.isForOwners, let account = try notice.accountID.flatMap({ try accounts.account($0) }),
            account.status != .locked, let address = try address(of: account)
        else { return .done }
        guard let letter = try letter(notice, account, context) else { return .done }
        let text = letter.text(in: language, login: account.login, publicURL: accounts.installation.publicURL)
        let message = MailMessage(
            from: sender, to: address, text, at: context.now,
            id: UniqueID(at: context.now, random: context.random))
        do {
            let left = (context.millisecondsLeft ?? .max) - Self.reserve
            try client.send(
                message.bytes, from: sender.address, to: address.text, timeout: min(Self.timeout, max(left, 1000)))
            return .done
        } catch {
            if error.isFinal { return .impossible("\(error)") }
            if case .refused = error { return .failed("\(error)", isDown: false) }
            return .failed("\(error)", isDown: true)
        }
    }

    /// The owner's address; `nil` where there is none, or one that cannot be read and never will.
    private func address(of account: Account) throws -> EmailAddress? {
        do {
            return try accounts.email(of: account).flatMap(EmailAddress.init(parsing:))
        } catch FieldEncryptionError.store(let error) {
            throw FieldEncryptionError.store(error)
        } catch is FieldEncryptionError {
            return nil
        }
    }

    /// What to write; `nil` where the notice no longer holds.
    private func letter(_ notice: DueNotice, _ account: Account, _ context: Context) throws -> Letter? {
        let credentials = account.credentials
        guard credentials.secrets != nil else { return nil }
        switch notice.kind {
        case .recoveryRequested:
            let handout = try accounts.mintRecovery(account, context)
            let link = HandoutAnswer(handout, accounts.installation).url
            return .recovery(link: link, until: handout.expiresAt)
        case .credentialsExpiring, .credentialsExpired:
            guard notice.data["credentialVersion"]?.integer == credentials.version else { return nil }
            let isOver = credentials.expiresAt <= context.now
            return isOver ? .expired : .expiring(at: credentials.expiresAt, days: Self.days(credentials, context.now))
        default: return nil
        }
    }

    private static func days(_ credentials: Account.Credentials, _ now: Timestamp) -> Int64 {
        (credentials.expiresAt.milliseconds - now.milliseconds + 86_399_999) / 86_400_000
    }
}

extension DueNotice {
    /// Whether it is for the account's owner.
    fileprivate var isForOwners: Bool {
        switch kind {
        case .credentialsExpiring, .credentialsExpired: true
        case .recoveryRequested: data["send"]?.bool == true
        case .handoutReplayed, .handoutExpiring, .auditFault, .backupFailed: false
        }
    }
}
