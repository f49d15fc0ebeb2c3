/// Why an access token is refused; for the log, the caller learns only that it is.
public enum AccessTokenError: Error, Equatable, Sendable {
    /// Not three parts of base64url within ``AccessTokenVerifier/longest``, or not JSON objects without doubles.
    case malformed
    /// The header asks for another type or algorithm, or for something that is not understood.
    case unacceptableHeader
    /// No key in use has this `kid`.
    case unknownKey
    /// The signature is not that key's over these bytes.
    case badSignature
    /// A claim is missing or of the wrong type.
    case badClaims
    /// It comes from another issuer.
    case wrongIssuer
    /// It is meant for another audience.
    case wrongAudience
    /// Its time is over.
    case expired
    /// Its time has not come, or it was made in the future.
    case notYetValid
}
