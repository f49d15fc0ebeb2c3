import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import JSON
import Runtime
import Tokens

extension RotateCredentials {
    func renew(_ token: OpaqueToken, _ context: Context) throws -> Answer {
        guard let renewed = try accounts.renew(token, context) else { throw FunctionFailure.renewalSpent }
        return try CredentialAnswer(
            accountID: renewed.account.id, login: renewed.account.login, credentials: renewed.credentials,
            set: renewed.set, deviceToken: renewed.deviceToken
        ).answer(status: 200, cookie: cookie)
    }

    func prove(_ caller: Caller, _ proof: Proof, _ context: Context) throws -> Answer {
        guard let account = try accounts.account(caller.accountID), let login = Login(parsing: account.login) else {
            throw FunctionFailure.unauthorized
        }
        switch try accounts.check(login, proof, context) {
        case .refused: throw FunctionFailure.invalidCredentials
        case .throttled(let seconds): throw FunctionFailure.tooManyAttempts(retryAfter: seconds)
        case .proven(let proven):
            do {
                let renewal = try accounts.allowRenewal(proven, context)
                return Answer.json(.object(JSONObject(renewal.members))).keptSecret()
            } catch AccountsError.overtaken {
                throw FunctionFailure.invalidCredentials
            }
        }
    }

    /// 202 whatever the login is; what is to be sent, if anything, is sent by `send-notices`.
    func recover(_ login: Login, _ context: Context) throws -> Answer {
        guard hasMail else { throw FunctionFailure.notFound }
        try accounts.requestRecovery(login, context)
        return Answer.json([:], status: 202)
    }
}
