import BSON
import FieldEncryption
import PlayersDomain
import Primitives

/// Turns profiles into what is stored and back: birth date, bio and links are encrypted under the account's key, what
/// score and filters need stays in the clear.
struct ProfileSealer {
    let encryption: FieldEncryption

    func seal(_ profile: Profile, of account: UniqueID, key: UniqueID) throws -> Document {
        var document: Document = [
            "displayName": .string(profile.displayName),
            "languages": .array(profile.languages.map(BSONValue.string)), "timeZone": .string(profile.timeZone),
            "availability": .array(profile.availability.map { .document($0.document) }),
            "visibility": .string(profile.isHidden ? "hidden" : "public"),
            "adultFrom": .date(profile.birthDate.adultFrom),
        ]
        document["region"] = profile.region.map { .string($0.rawValue) }
        document["playStyle"] = profile.playStyle.map { .string($0.rawValue) }
        document["voiceChat"] = profile.voiceChat.map { .string($0.rawValue) }
        let links = profile.links.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            Document.Element(name: $0.key.rawValue, value: .string($0.value))
        }
        let secrets: [(String, BSONValue)] = [
            ("birthDate", .string(profile.birthDate.description)), ("bio", .string(profile.bio)),
            ("links", .document(Document(links))),
        ]
        for (name, value) in secrets {
            document.append(name, try encryption.encrypt(value, at: Self.place(name, of: account), key: key))
        }
        return document
    }

    /// Throws where a secret is not where it was written, or its key is gone.
    func open(_ document: Document, of account: UniqueID, key: UniqueID, at now: Timestamp) throws -> Profile {
        func opened(_ name: String) throws -> BSONValue {
            guard let sealed = document[name] else { throw FieldEncryptionError.undecryptable }
            return try encryption.decrypt(sealed, at: Self.place(name, of: account), key: key)
        }
        guard let name = document["displayName"]?.string, let zone = document["timeZone"]?.string,
            let birthDate = try opened("birthDate").string.flatMap({ BirthDate(parsing: $0, at: now) })
        else { throw FieldEncryptionError.undecryptable }
        var profile = Profile(displayName: name, birthDate: birthDate, timeZone: zone)
        profile.bio = try opened("bio").string ?? ""
        for element in try opened("links").document?.elements ?? [] {
            if let handle = Handle(rawValue: element.name) { profile.links[handle] = element.value.string }
        }
        profile.languages = (document["languages"]?.array ?? []).compactMap(\.string)
        profile.region = document["region"]?.string.flatMap(Region.init(rawValue:))
        profile.playStyle = document["playStyle"]?.string.flatMap(PlayStyle.init(rawValue:))
        profile.voiceChat = document["voiceChat"]?.string.flatMap(VoiceChat.init(rawValue:))
        profile.availability = (document["availability"]?.array ?? []).compactMap { LocalWindow($0) }
        profile.isHidden = document["visibility"]?.string == "hidden"
        return profile
    }

    private static func place(_ field: String, of account: UniqueID) -> FieldPlace {
        FieldPlace(owner: account, document: .id(account), field: "profile." + field)
    }
}

extension LocalWindow {
    init?(_ value: BSONValue) {
        guard let document = value.document, let day = document["day"]?.string.flatMap(Weekday.init(rawValue:)),
            let from = document["from"]?.string, let to = document["to"]?.string
        else { return nil }
        self.init(day: day, from: from, to: to)
    }

    fileprivate var document: Document {
        ["day": .string(day.rawValue), "from": .string(fromText), "to": .string(toText)]
    }
}
