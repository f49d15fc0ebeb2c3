import MongoDB
public import Primitives

extension Players {
    /// Ends that two are teammates, which counts as a refusal; does nothing for two who are not.
    public func part(_ player: UniqueID, from other: UniqueID, at now: Timestamp) throws {
        guard player != other else { return }
        try relations.change(player, other) { relation in
            guard relation.request?.status == .accepted else { return (nil, ()) }
            return (relation.parted(at: now), ())
        }
    }

    /// Blocks a player, both ways and at once; ends what was between the two.
    public func block(_ other: UniqueID, by player: UniqueID, at now: Timestamp) throws {
        guard player != other else { return }
        try relations.change(player, other) { relation in
            guard !relation.blockedBy.contains(player) else { return (nil, ()) }
            var blocked = relation.request == nil ? relation : relation.parted(at: now)
            blocked.blockedBy.append(player)
            return (blocked, ())
        }
    }

    /// Takes a player's block away; the other's, if there is one, stays.
    public func unblock(_ other: UniqueID, by player: UniqueID) throws {
        guard player != other else { return }
        try relations.change(player, other) { relation in
            guard relation.blockedBy.contains(player) else { return (nil, ()) }
            var changed = relation
            changed.blockedBy.removeAll { $0 == player }
            return (changed, ())
        }
    }
}

extension Relation {
    /// The same pair as if the request between them had been declined now.
    fileprivate func parted(at now: Timestamp) -> Relation {
        var parted = self
        parted.request?.status = .declined
        parted.request?.settledAt = now
        parted.partedAt = now
        return parted
    }
}
