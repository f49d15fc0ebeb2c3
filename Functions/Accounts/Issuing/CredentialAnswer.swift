import AccountsDomain
public import AccountsStore
import JSON
public import Primitives
import QRImage
public import Runtime
public import Tokens

/// A new set of credentials as its owner gets it, once: with the QR codes that carry it to a phone.
public struct CredentialAnswer {
    private let accountID: UniqueID
    private let login: String
    private let credentials: Account.Credentials
    private let set: CredentialSet
    private let deviceToken: OpaqueToken

    /// Puts together what the owner is to get.
    public init(
        accountID: UniqueID, login: String, credentials: Account.Credentials, set: CredentialSet,
        deviceToken: OpaqueToken
    ) {
        self.accountID = accountID
        self.login = login
        self.credentials = credentials
        self.set = set
        self.deviceToken = deviceToken
    }

    /// The answer, kept out of every cache.
    public func answer(status: UInt16, cookie: DeviceCookie) throws -> Answer {
        Answer.json(try json(), status: status).keptSecret().adding("set-cookie", cookie.field(deviceToken))
    }

    private func json() throws -> JSONValue {
        let password = String(decoding: set.password, as: UTF8.self)
        guard let login = Login(parsing: login) else { throw FunctionFailure.internalError }
        let uri = OTPAuthURI(login: login, secret: set.totpSecret).text
        return [
            "accountId": .string(accountID.description), "login": .string(login.text),
            "credentialVersion": .integer(credentials.version),
            "issuedAt": .string(credentials.issuedAt.description),
            "expiresAt": .string(credentials.expiresAt.description), "password": .string(password),
            "totp": [
                "secret": .string(Base32.encode(set.totpSecret)), "uri": .string(uri), "algorithm": "SHA1",
                "digits": .integer(Int64(TOTP.digits)), "period": .integer(TOTP.period),
            ],
            "recoveryCodes": .array(set.recoveryCodes.map { .string($0.text) }),
            "deviceToken": .string(deviceToken.text),
            "qrCodes": ["password": try Self.image(password), "totp": try Self.image(uri)],
        ]
    }

    private static func image(_ text: String) throws -> JSONValue {
        .string("data:image/png;base64," + Base64.standard.encode(try QRCode.png(text)))
    }
}
