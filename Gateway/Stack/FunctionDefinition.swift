/// One function of a stack file: what OpenFaaS's tools read of it, and what the gateway makes of that.
package struct FunctionDefinition: Equatable, Sendable {
    /// The function's name, a DNS label.
    package let name: String
    /// The line of the stack file on which it begins.
    package internal(set) var line: Int
    /// The template it is built from (`dockerfile` for a Dockerfile of its own).
    package internal(set) var lang = ""
    /// The folder it is built from.
    package internal(set) var handler = ""
    /// The container image's name.
    package internal(set) var image = ""
    /// The command to run, split at spaces; `nil` for the function's own executable.
    package internal(set) var fprocess: String?
    /// The namespace it names; `nil` where it names none.
    package internal(set) var namespace: String?
    /// Files with further environment, relative to the stack file.
    package internal(set) var environmentFiles: [String] = []
    /// The variables that it declares.
    package internal(set) var environment: [String: String] = [:]
    /// The secrets that it may read, by name.
    package internal(set) var secrets: [String] = []
    /// OpenFaaS's labels.
    package internal(set) var labels: [String: String] = [:]
    /// OpenFaaS's annotations.
    package internal(set) var annotations: [String: String] = [:]
    /// Where it may be placed.
    package internal(set) var constraints: [String] = []
    /// The most that it may use.
    package internal(set) var limits = Resources()
    /// What is set aside for it.
    package internal(set) var requests = Resources()
    /// True where its file system is to be read-only.
    package internal(set) var hasReadOnlyRoot = false
    /// What environment, labels and annotations say of how it is run.
    package internal(set) var settings = FunctionSettings()

    init(name: String, line: Int) {
        self.name = name
        self.line = line
    }
}

/// Memory and processor time of a function.
package struct Resources: Equatable, Sendable {
    /// Bytes of memory; `nil` where nothing is said.
    package internal(set) var memory: Int?
    /// Thousandths of a processor; `nil` where nothing is said.
    package internal(set) var millicores: Int?
}
