public import MessagesDomain
import PlayersRelations
public import Primitives

/// A message as its sender sends it.
public struct Outgoing: Sendable {
    /// Who sends it.
    public let sender: UniqueID
    /// To whom, as the sender wrote it.
    public let address: Address
    /// What it says.
    public let text: MessageText
    /// The id that the sender's program gave it, by which a repeat is known.
    public let clientMessageID: UniqueID

    /// To whom a message is addressed.
    public enum Address: Hashable, Sendable {
        /// A login.
        case login(String)
        /// A game's id.
        case community(String)

        /// What is hashed of it: the same for logins that differ in case alone.
        var name: String {
            switch self {
            case .login(let login): "to:" + login.lowercased()
            case .community(let gameID): "community:" + gameID
            }
        }
    }

    /// Takes everything as it is.
    public init(sender: UniqueID, address: Address, text: MessageText, clientMessageID: UniqueID) {
        self.sender = sender
        self.address = address
        self.text = text
        self.clientMessageID = clientMessageID
    }
}

/// What came of sending a message.
public enum SendOutcome: Sendable {
    /// It was stored.
    case sent(Receipt)
    /// It had been stored before.
    case repeated(Receipt)
    /// The id was used before, for another text or target.
    case idTaken
    /// The sender may not write there, or there is nobody.
    case notMatched
    /// Too much was sent; seconds until more may be.
    case tooFast(retryAfter: Int64)
}

/// What the sender is told of a stored message.
public struct Receipt: Equatable, Sendable {
    /// The message's id.
    public let messageID: UniqueID
    /// Its conversation.
    public let conversation: UniqueID
    /// Its number there.
    public let seq: Int64
    /// When it was sent.
    public let sentAt: Timestamp
}
