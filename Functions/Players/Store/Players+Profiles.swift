public import AccountsAccess
import Audit
import BSON
import FieldEncryption
import MongoDB
public import PlayersDomain
public import Primitives
public import Runtime

/// Why a profile was not stored.
public enum ProfileError: Error, Equatable {
    /// There is none yet.
    case missing
    /// The birth date is set, and is another.
    case birthDateSet
    /// Availability and zone were changed too often; seconds until they may be again.
    case tooManyEdits(Int64)
}

extension Players {
    /// The account's own profile; `nil` before the first.
    public func profile(_ account: Person, at now: Timestamp) throws -> Profile? {
        try open(player(account.id), of: account, at: now)
    }

    /// A stored player's profile in the clear; `nil` where there is none.
    public func open(_ player: StoredPlayer, of account: Person, at now: Timestamp) throws -> Profile? {
        try player.profile.map { try sealer.open($0, of: account.id, key: account.keyID, at: now) }
    }

    /// The same for one of several who are shown together: `nil` also where he has just been erased, or his secrets are
    /// not what was written, so that the others are shown all the same.
    public func openAmongOthers(_ player: StoredPlayer, of account: Person, at now: Timestamp) throws -> Profile? {
        let lost: [FieldEncryptionError] = [.keyMissing, .undecryptable, .misplaced]
        do {
            return try open(player, of: account, at: now)
        } catch let error as FieldEncryptionError where lost.contains(error) {
            return nil
        }
    }

    /// Puts the profile that `make` makes of the present one in its place; throws a `ProfileError`, or what `make`
    /// throws.
    public func setProfile(
        of account: Person, at now: Timestamp, _ make: (Profile?) throws -> Profile
    ) throws -> Profile {
        try change(account.id) { player in
            let former = try open(player, of: account, at: now)
            let profile = try make(former)
            if let former {
                guard former.birthDate == profile.birthDate else { throw ProfileError.birthDateSet }
                if !former.hasSameTimes(as: profile) { try player.countEdit(at: now) }
            }
            player.profile = try sealer.seal(profile, of: account.id, key: account.keyID)
            return profile
        }
    }

    /// Corrects the birth date of a profile, with an audit event; throws `ProfileError.missing` where there is none.
    public func correctBirthDate(
        of account: Person, to birthDate: BirthDate, by admin: UniqueID, _ context: Context
    ) throws {
        try change(account.id) { player in
            guard var profile = try open(player, of: account, at: context.now) else { throw ProfileError.missing }
            profile.birthDate = birthDate
            player.profile = try sealer.seal(profile, of: account.id, key: account.keyID)
        } store: { player in
            try access.telling(.birthDateCorrected, by: admin, about: account, context) {
                (session) throws(MongoError) in try write(player, session: session)
            }
        }
    }
}

extension StoredPlayer {
    fileprivate mutating func countEdit(at now: Timestamp) throws(ProfileError) {
        if let seconds = EditBrake.wait(after: edits, at: now) { throw .tooManyEdits(seconds) }
        edits = EditBrake.counted(edits, at: now) + [now]
    }
}
