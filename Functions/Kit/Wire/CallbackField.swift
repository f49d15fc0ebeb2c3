/// The request fields by which the gateway tells `deliver-callbacks` what it cannot tell by the content.
public enum CallbackField {
    /// Where the answer goes.
    public static let address = "passerelle-callback-url"
    /// Stands before each of the function's own fields, so that none is taken for the call's own.
    public static let prefix = "passerelle-answer-"
}
