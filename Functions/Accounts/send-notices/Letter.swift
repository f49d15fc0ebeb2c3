import Primitives

/// What there is to say to an account's owner.
enum Letter: Equatable {
    /// His credentials end soon.
    case expiring(at: Timestamp, days: Int64)
    /// His credentials have ended.
    case expired
    /// Somebody asked to recover the account.
    case recovery(link: String, until: Timestamp)
}

/// The language that mails are written in.
enum MailLanguage: String, CaseIterable {
    case english = "en"
    case french = "fr"
}

extension Letter {
    /// The letter in a language, to the owner of `login`.
    func text(in language: MailLanguage, login: String, publicURL: String) -> MailText {
        let letter =
            switch language {
            case .english: english(publicURL)
            case .french: french(publicURL)
            }
        let greeting = language == .english ? "Hello \(login)," : "Bonjour \(login),"
        let lines = [greeting] + letter.paragraphs + ["-- \nPasserelle\n\(publicURL)"]
        return MailText(subject: letter.subject, body: lines.joined(separator: "\n\n") + "\n")
    }

    private func english(_ publicURL: String) -> (subject: String, paragraphs: [String]) {
        switch self {
        case .expiring(let end, let days):
            (
                days > 1
                    ? "Passerelle: your credentials expire in \(days) days"
                    : "Passerelle: your credentials expire within a day",
                [
                    "Your password and your authenticator's secret expire on \(end.minute) UTC.",
                    "Renew them before: \(publicURL)/renew\nYou need your password and a code of your authenticator.",
                ]
            )
        case .expired:
            (
                "Passerelle: your credentials have expired",
                [
                    "Your password and your authenticator's secret have expired.",
                    "Log in once more with them, and you are led to new ones: \(publicURL)/login",
                ]
            )
        case .recovery(let link, let end):
            (
                "Passerelle: a link to new credentials",
                [
                    "Somebody, probably you, asked to recover this account.",
                    "This link gives you a new password and a new authenticator's secret, once:\n\(link)",
                    "It asks for a code of your authenticator or one of your recovery codes, and lapses on "
                        + "\(end.minute) UTC. Until you use it, your present credentials stay valid.",
                    "If it was not you, there is nothing to do: without your second factor the link gives nothing. "
                        + "Do not pass it on.",
                ]
            )
        }
    }

    private func french(_ publicURL: String) -> (subject: String, paragraphs: [String]) {
        switch self {
        case .expiring(let end, let days):
            (
                days > 1
                    ? "Passerelle : vos identifiants expirent dans \(days) jours"
                    : "Passerelle : vos identifiants expirent sous 24 heures",
                [
                    "Votre mot de passe et le secret de votre application d’authentification expirent le "
                        + "\(end.minute) UTC.",
                    "Renouvelez-les avant : \(publicURL)/renew\nIl vous faut votre mot de passe et un code de "
                        + "l’application.",
                ]
            )
        case .expired:
            (
                "Passerelle : vos identifiants ont expiré",
                [
                    "Votre mot de passe et le secret de votre application d’authentification ont expiré.",
                    "Connectez-vous encore une fois avec eux pour en recevoir de nouveaux : \(publicURL)/login",
                ]
            )
        case .recovery(let link, let end):
            (
                "Passerelle : un lien vers de nouveaux identifiants",
                [
                    "Quelqu’un, sans doute vous, a demandé à récupérer ce compte.",
                    "Ce lien vous donne, une seule fois, un nouveau mot de passe et un nouveau secret "
                        + "d’authentification :\n\(link)",
                    "Il demande un code de votre application d’authentification ou l’un de vos codes de secours, et "
                        + "expire le \(end.minute) UTC. Tant que vous ne l’utilisez pas, vos identifiants actuels "
                        + "restent valables.",
                    "Si ce n’était pas vous, il n’y a rien à faire : sans votre second facteur, le lien ne donne "
                        + "rien. Ne le transmettez à personne.",
                ]
            )
        }
    }
}

extension Timestamp {
    /// `2026-01-31 09:05`.
    fileprivate var minute: String {
        let text = description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }
}
