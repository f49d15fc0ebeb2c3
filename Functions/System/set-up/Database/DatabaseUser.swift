/// A user of the own database, with a generated password of base64url characters.
struct DatabaseUser: Equatable {
    let name: String
    let password: String
}
