public import AccountsAccess
import BSON
import FieldEncryption
import Installation
import MongoDB
import Notifications
import PlayersDomain
public import Primitives
public import Runtime

/// What came of sending or answering a request.
public enum RequestOutcome: Sendable {
    /// It is new, or met the other's, which it accepts.
    case made(Relation.Request)
    /// It stands as it stood before.
    case kept(Relation.Request)
    /// There is no such request, or no such player, for the caller.
    case absent
    /// It was settled the other way.
    case settled
}

extension Players {
    /// Asks a player to play together; accepts his request where it waits already.
    public func request(
        from sender: Person, to addressee: Person, note: String?, _ context: Context
    ) throws -> RequestOutcome {
        let now = context.now
        guard sender.id != addressee.id else { return .absent }
        return try relations.change(sender.id, addressee.id, telling: news(of: sender.id, context)) { relation in
            guard try mayView(sender, addressee, relation.bond, at: now) else { return (nil, .absent) }
            if let standing = relation.request, standing.status != .declined {
                guard standing.status == .pending, standing.to == sender.id else { return (nil, .kept(standing)) }
                let accepted = relation.settled(.accepted, at: now)
                return (accepted, accepted.request.map(RequestOutcome.made) ?? .absent)
            }
            var changed = relation
            let id = UniqueID(at: now, random: context.random)
            let sealed = try note.map {
                try installation.encryption.encrypt(
                    .string($0), at: .note(of: id, from: sender.id), key: sender.keyID)
            }
            let request = Relation.Request(
                id: id, from: sender.id, to: addressee.id, note: sealed, createdAt: now, status: .pending)
            changed.request = request
            return (changed, .made(request))
        }
    }

    /// Accepts or declines a request, which its addressee alone can; the same answer again changes nothing.
    public func answer(
        _ id: UniqueID, by addressee: Person, _ status: Relation.Status, _ context: Context
    ) throws -> RequestOutcome {
        let now = context.now
        guard let found = try relations.withRequest(id), found.request?.to == addressee.id,
            let sender = try found.request.flatMap({ try access.person($0.from) })
        else { return .absent }
        return try relations.change(sender.id, addressee.id, telling: news(of: addressee.id, context)) { relation in
            guard let request = relation.request, request.id == id, relation.blockedBy.isEmpty else {
                return (nil, .absent)
            }
            guard request.status == .pending else {
                return (nil, request.status == status ? .kept(request) : .settled)
            }
            if status == .accepted, try !mayView(addressee, sender, relation.bond, at: now) { return (nil, .absent) }
            let changed = relation.settled(status, at: now)
            return (changed, changed.request.map(RequestOutcome.kept) ?? .absent)
        }
    }

    /// What the other one is told: of a new request, and of one that was accepted.
    private func news(of actor: UniqueID, _ context: Context) -> RelationNews {
        RelationNews(installation: installation) { relation in
            guard let request = relation.request, let other = relation.other(than: actor) else { return nil }
            let data: Document = ["requestId": .id(request.id), "from": .id(actor)]
            switch request.status {
            case .pending:
                return Notification(.matchRequest, to: other, data, at: context.now, random: context.random)
            case .accepted:
                return Notification(.matchAccepted, to: other, data, at: context.now, random: context.random)
            case .declined: return nil
            }
        }
    }

    /// Takes a request back; does nothing where it is not the sender's or waits no longer.
    public func withdraw(_ id: UniqueID, by sender: UniqueID) throws {
        guard let found = try relations.withRequest(id), found.request?.from == sender else { return }
        try relations.change(found.players[0], found.players[1]) { relation in
            guard relation.request?.id == id, relation.request?.status == .pending else { return (nil, ()) }
            var changed = relation
            changed.request = nil
            return (changed, ())
        }
    }

    /// A request's note in the clear; `nil` where it has none, or its sender is gone.
    public func note(of request: Relation.Request, from sender: Person) throws -> String? {
        let place = FieldPlace.note(of: request.id, from: sender.id)
        return try request.note.flatMap {
            try installation.encryption.decrypt($0, at: place, key: sender.keyID).string
        }
    }
}

extension FieldPlace {
    /// Where the note of a request is.
    static func note(of request: UniqueID, from sender: UniqueID) -> FieldPlace {
        FieldPlace(owner: sender, document: .id(request), field: "request.note")
    }
}

extension Relation {
    /// The same pair with its request answered; a refusal parts the two.
    fileprivate func settled(_ status: Status, at now: Timestamp) -> Relation {
        var settled = self
        settled.request?.status = status
        settled.request?.settledAt = now
        if status == .declined { settled.partedAt = now }
        return settled
    }
}
