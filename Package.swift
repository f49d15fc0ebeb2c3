// swift-tools-version: 6.2
import PackageDescription

let swiftRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let cRules: [CSetting] = [
    .enableWarning("all"),
    .enableWarning("extra"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ path: String, _ needs: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: needs, path: path, swiftSettings: swiftRules)
}

func executable(_ path: String, _ needs: [Target.Dependency], linking: [LinkerSetting] = []) -> Target {
    .executableTarget(
        name: lastComponent(of: path), dependencies: needs, path: path, swiftSettings: swiftRules,
        linkerSettings: linking)
}

// With the C library inside, too: a process starts in half the time where the loader finds nothing to do.
let wholly: [LinkerSetting] = [.unsafeFlags(["-static-executable"], .when(configuration: .release))]

func tests(_ name: String, _ needs: [Target.Dependency], without other: [String] = []) -> Target {
    .testTarget(name: name, dependencies: needs, path: "Tests/\(name)", exclude: other, swiftSettings: swiftRules)
}

func shim(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: needs, path: "Functions/Kit/CLibraries/\(name)", cSettings: cRules)
}

func debianLibrary(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(
        name: name, path: "Functions/Kit/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func lastComponent(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
}

// MARK: - Kit: what every function and the gateway build on

let kit: [Target] = [
    debianLibrary("CMongoC", pkgConfig: "libmongoc-1.0", package: "libmongoc-dev"),
    debianLibrary("COpenSSL", pkgConfig: "openssl", package: "libssl-dev"),
    debianLibrary("CSodium", pkgConfig: "libsodium", package: "libsodium-dev"),
    debianLibrary("CQREncode", pkgConfig: "libqrencode", package: "libqrencode-dev"),
    debianLibrary("CPNG", pkgConfig: "libpng", package: "libpng-dev"),
    debianLibrary("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
    debianLibrary("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
    debianLibrary("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
    shim("CMongoShim", ["CMongoC"]),
    shim("CCurlShim", ["CCurl"]),
    shim("CPNGShim", ["CPNG"]),
    shim("CHugePages"),
    shim("CLinux"),
    shim("CSupervision"),

    library("Primitives", "Functions/Kit/Primitives"),
    library("JSON", "Functions/Kit/JSON"),
    library("BSON", "Functions/Kit/BSON", ["Primitives"]),
    library("Wire", "Functions/Kit/Wire"),
    library("Platform", "Functions/Kit/Platform", ["CLinux", "Primitives"]),
    library("TimeZones", "Functions/Kit/TimeZones", ["Platform", "Primitives"]),
    library("Runtime", "Functions/Kit/Runtime", ["JSON", "Platform", "Primitives", "Wire"]),
    library("Secrets", "Functions/Kit/Secrets", ["Platform", "Primitives"]),
    library("Cryptography", "Functions/Kit/Cryptography", ["COpenSSL"]),
    library("PasswordHashing", "Functions/Kit/PasswordHashing", ["CHugePages", "CSodium", "Platform", "Primitives"]),
    library("Tokens", "Functions/Kit/Tokens", ["Cryptography", "JSON", "Primitives"]),
    library("QRImage", "Functions/Kit/QRImage", ["CPNGShim", "CQREncode"]),
    library("Pictures", "Functions/Kit/Pictures", ["CPNGShim"]),
    library("Compression", "Functions/Kit/Compression", ["CZlib"]),
    library("MongoDB", "Functions/Kit/MongoDB", ["BSON", "CMongoShim"]),
    library(
        "FieldEncryption", "Functions/Kit/FieldEncryption", ["BSON", "Cryptography", "JSON", "MongoDB", "Primitives"]),
    library("HTTPClient", "Functions/Kit/HTTPClient", ["CCurlShim"]),
    library("Audit", "Functions/Kit/Audit", ["BSON", "Cryptography", "MongoDB", "Platform", "Primitives"]),
    library(
        "BackupContainer", "Functions/Kit/Backup/Container",
        ["BSON", "CSodium", "Cryptography", "Platform", "Primitives"]),
    library(
        "BackupStores", "Functions/Kit/Backup/Stores", ["Cryptography", "HTTPClient", "JSON", "Platform", "Primitives"]),
    library(
        "BackupJob", "Functions/Kit/Backup/Job",
        ["Audit", "BSON", "BackupContainer", "BackupStores", "JSON", "MongoDB", "Platform", "Primitives"]),
    library(
        "Installation", "Functions/Kit/Installation",
        ["Audit", "Cryptography", "FieldEncryption", "JSON", "MongoDB", "Primitives", "Runtime", "Secrets", "Wire"]),
    library("Events", "Functions/Kit/Events", ["BSON", "Installation", "MongoDB", "Primitives", "Runtime", "Wire"]),
    library(
        "Notifications", "Functions/Kit/Notifications", ["BSON", "Installation", "JSON", "MongoDB", "Primitives"]),
    library(
        "MessageRecords", "Functions/Kit/MessageRecords",
        ["BSON", "Cryptography", "FieldEncryption", "Installation", "MongoDB", "Primitives"]),
    library(
        "BackupDesk", "Functions/Kit/Backup/Desk",
        [
            "Audit", "BSON", "BackupContainer", "BackupJob", "BackupStores", "Installation", "JSON", "MongoDB",
            "Primitives", "Runtime", "Secrets",
        ]),
]

// MARK: - Accounts

let accounts: [Target] = [
    library("AccountsDomain", "Functions/Accounts/Domain", ["Primitives"]),
    library(
        "AccountsStore", "Functions/Accounts/Store",
        [
            "AccountsDomain", "Audit", "BSON", "Cryptography", "FieldEncryption", "Installation", "JSON", "MongoDB",
            "Notifications", "PasswordHashing", "Platform", "Primitives", "Runtime", "Secrets", "Tokens",
        ]),
    library(
        "AccountsAccess", "Functions/Accounts/Access",
        [
            "AccountsDomain", "AccountsStore", "Audit", "BSON", "Cryptography", "Installation", "MongoDB", "Primitives",
            "Runtime", "Secrets", "Tokens", "Wire",
        ]),
    library(
        "AccountsIssuing", "Functions/Accounts/Issuing",
        [
            "AccountsDomain", "AccountsStore", "Installation", "JSON", "Primitives", "QRImage", "Runtime", "Tokens",
            "Wire",
        ]),
    executable(
        "Functions/Accounts/create-account",
        [
            "AccountsAccess", "AccountsDomain", "AccountsIssuing", "AccountsStore", "Audit", "Installation", "JSON",
            "Primitives", "Runtime", "Wire",
        ]),
    executable(
        "Functions/Accounts/read-audit",
        ["AccountsAccess", "AccountsDomain", "AccountsStore", "Audit", "Installation", "JSON", "Primitives", "Runtime"]),
    executable("Functions/Accounts/seal-audit", ["Audit", "Installation", "JSON", "Primitives", "Runtime"]),
    executable(
        "Functions/Accounts/expire-credentials",
        ["AccountsDomain", "AccountsStore", "Installation", "JSON", "Primitives", "Runtime"]),
    executable(
        "Functions/Accounts/send-notices",
        [
            "AccountsDomain", "AccountsIssuing", "AccountsStore", "BSON", "Cryptography", "FieldEncryption",
            "HTTPClient", "Installation", "JSON", "MongoDB", "Primitives", "Runtime", "Secrets",
        ]),
    executable(
        "Functions/Accounts/claim-credentials",
        ["AccountsIssuing", "AccountsStore", "Installation", "JSON", "Primitives", "Runtime", "Tokens"]),
    executable(
        "Functions/Accounts/verify-login",
        [
            "AccountsAccess", "AccountsDomain", "AccountsIssuing", "AccountsStore", "Installation", "JSON",
            "Primitives", "Runtime", "Tokens", "Wire",
        ]),
    executable(
        "Functions/Accounts/rotate-credentials",
        [
            "AccountsAccess", "AccountsDomain", "AccountsIssuing", "AccountsStore", "Audit", "Installation", "JSON",
            "Primitives", "Runtime", "Tokens",
        ]),
    executable(
        "Functions/Accounts/manage-account",
        [
            "AccountsAccess", "AccountsDomain", "AccountsIssuing", "AccountsStore", "Audit", "BSON", "Installation",
            "JSON", "MessageRecords", "MessagesStore", "MongoDB", "Notifications", "PlayersAnswering", "PlayersStore",
            "Primitives", "Runtime",
        ]),
]

// MARK: - Players

let players: [Target] = [
    library("PlayersDomain", "Functions/Players/Domain", ["Primitives"]),
    library("PlayersSnapshot", "Functions/Players/Snapshot", ["Platform", "PlayersDomain", "Primitives"]),
    library("PlayersTimeZones", "Functions/Players/TimeZones", ["PlayersDomain", "TimeZones"]),
    library(
        "PlayersStore", "Functions/Players/Store",
        [
            "AccountsAccess", "Audit", "BSON", "FieldEncryption", "Installation", "MessageRecords", "MongoDB",
            "Notifications",
            "PlayersDomain", "Primitives", "Runtime",
        ]),
    library(
        "PlayersMatching", "Functions/Players/Matching",
        [
            "AccountsAccess", "BSON", "Installation", "JSON", "MongoDB", "Platform", "PlayersDomain", "PlayersSnapshot",
            "PlayersStore", "Primitives", "Runtime",
        ]),
    library(
        "PlayersAnswering", "Functions/Players/Answering",
        [
            "AccountsAccess", "Installation", "JSON", "PlayersDomain", "PlayersStore", "PlayersTimeZones", "Primitives",
            "Runtime",
        ]),
    library(
        "PlayersRelations", "Functions/Players/Relations",
        ["BSON", "Installation", "MongoDB", "PlayersDomain", "PlayersStore", "Primitives"]),
    executable(
        "Functions/Players/edit-profile",
        [
            "AccountsAccess", "Installation", "JSON", "Pictures", "PlayersAnswering", "PlayersDomain", "PlayersStore",
            "Primitives", "Runtime",
        ]),
    executable(
        "Functions/Players/browse-games",
        [
            "AccountsAccess", "Installation", "JSON", "PlayersAnswering", "PlayersDomain", "PlayersStore", "Primitives",
            "Runtime",
        ]),
    executable(
        "Functions/Players/match",
        [
            "AccountsAccess", "Installation", "JSON", "MessageRecords", "PlayersAnswering", "PlayersDomain",
            "PlayersMatching",
            "PlayersStore", "Primitives", "Runtime",
        ]),
]

// MARK: - Messages

let messages: [Target] = [
    library("MessagesDomain", "Functions/Messages/Domain", ["Primitives"]),
    library(
        "MessagesStore", "Functions/Messages/Store",
        [
            "AccountsAccess", "Audit", "BSON", "Cryptography", "FieldEncryption", "Installation", "MessageRecords",
            "MessagesDomain", "MongoDB", "Platform", "PlayersRelations", "Primitives", "Runtime",
        ]),
    executable(
        "Functions/Messages/send-message",
        [
            "AccountsAccess", "Installation", "JSON", "MessagesDomain", "MessagesStore", "PlayersRelations",
            "Primitives", "Runtime",
        ]),
    executable(
        "Functions/Messages/read-messages",
        [
            "AccountsAccess", "Events", "Installation", "JSON", "MessageRecords", "MessagesDomain", "MessagesStore",
            "Notifications", "PlayersRelations", "Primitives", "Runtime", "Wire",
        ]),
]

// MARK: - System and samples

let system: [Target] = [
    executable("Functions/echo", ["Runtime", "Wire"], linking: wholly),
    library("SystemStore", "Functions/System/Store", ["BSON", "Installation", "MongoDB", "Primitives", "Runtime"]),
    executable("Functions/System/queue-calls", ["Installation", "JSON", "Primitives", "Runtime", "SystemStore"]),
    executable(
        "Functions/System/follow-events",
        [
            "AccountsAccess", "BSON", "Events", "Installation", "JSON", "MongoDB", "Notifications",
            "PlayersRelations", "Primitives", "Runtime",
        ]),
    executable(
        "Functions/System/deliver-callbacks", ["HTTPClient", "Installation", "JSON", "Runtime", "Secrets", "Wire"]),
    executable(
        "Functions/System/back-up",
        ["AccountsStore", "BSON", "BackupDesk", "BackupJob", "Installation", "JSON", "Primitives", "Runtime"]),
    executable(
        "Functions/System/set-up",
        [
            "AccountsAccess", "AccountsDomain", "AccountsStore", "Audit", "BSON", "BackupContainer", "BackupDesk",
            "BackupJob", "CLinux",
            "CSupervision", "Cryptography", "FieldEncryption", "Installation", "JSON", "MessagesStore", "MongoDB",
            "Notifications", "Platform", "PlayersDomain", "PlayersStore", "Primitives", "QRImage", "Runtime", "Secrets",
            "SystemStore",
            "Tokens", "Wire",
        ]),
]

// MARK: - Gateway

let gateway: [Target] = [
    library("GatewayEventLoop", "Gateway/EventLoop", ["CLinux", "Platform"]),
    library("GatewayHTTP", "Gateway/HTTP", ["GatewayEventLoop", "CLinux", "Platform", "Primitives"]),
    library("GatewayStack", "Gateway/Stack", ["CYAML"]),
    library("GatewayWorkers", "Gateway/Workers", ["GatewayEventLoop", "GatewayStack", "CLinux", "Platform", "Wire"]),
    library(
        "GatewayControl", "Gateway/Control",
        [
            "CLinux", "Compression", "GatewayEventLoop", "GatewayHTTP", "GatewayStack", "GatewayWorkers", "JSON",
            "Platform", "Primitives", "TimeZones", "Wire",
        ]),
    executable("Gateway/passerelle", ["GatewayControl"]),
]

// MARK: - Tests

let testing: [Target] = [
    tests("PrimitivesTests", ["Primitives"]),
    tests("JSONTests", ["JSON"]),
    tests("CompressionTests", ["Compression"]),
    tests("BSONTests", ["BSON", "Primitives"]),
    tests("RuntimeTests", ["Runtime", "Wire", "JSON", "Platform"]),
    tests("CryptographyTests", ["Cryptography", "Primitives"]),
    tests("PasswordHashingTests", ["CHugePages", "PasswordHashing", "Platform", "Primitives"]),
    tests("TokensTests", ["Tokens", "Cryptography", "JSON", "Primitives"]),
    tests("QRImageTests", ["QRImage"]),
    library("TestPictures", "Tests/Support/TestPictures"),
    tests("PicturesTests", ["Pictures", "TestPictures"]),
    tests("SecretsTests", ["Secrets"]),
    library("TestPorts", "Tests/Support/TestPorts"),
    library("TestMongo", "Tests/Support/TestMongo", ["BSON", "MongoDB", "TestPorts"]),
    tests(
        "MongoDBTests", ["MongoDB", "FieldEncryption", "BSON", "JSON", "Primitives", "TestMongo"], without: ["Scripts"]),
    .testTarget(
        name: "NoticesTests",
        dependencies: [
            "AccountsDomain", "AccountsStore", "Audit", "BSON", "Cryptography", "FieldEncryption", "HTTPClient",
            "Installation", "JSON", "MongoDB", "Platform", "Primitives", "Runtime", "SystemStore", "TestMongo",
            "Tokens", "Wire", "expire-credentials",
            "queue-calls", "send-notices",
        ], path: "Tests/NoticesTests", exclude: ["Scripts"], swiftSettings: swiftRules),
    tests("AccountsDomainTests", ["AccountsDomain", "Cryptography", "Primitives"]),
    .testTarget(
        name: "PlayersDomainTests", dependencies: ["PlayersDomain", "PlayersTimeZones", "Primitives"],
        path: "Tests/PlayersDomainTests", exclude: ["Scripts"], swiftSettings: swiftRules),
    tests("MessagesDomainTests", ["MessagesDomain", "Primitives"]),
    tests("MessagesStoreTests", ["MessageRecords", "MessagesStore", "Platform", "Primitives"]),
    tests("PlayersSnapshotTests", ["PlayersDomain", "PlayersSnapshot", "Primitives"]),
    tests(
        "PlayersMatchingTests",
        [
            "AccountsAccess", "BSON", "Cryptography", "Installation", "MongoDB", "Platform", "PlayersDomain",
            "PlayersMatching", "PlayersSnapshot", "PlayersStore", "PlayersTimeZones", "Primitives", "Runtime",
            "TestMongo",
        ]),
    tests("GatewayHTTPTests", ["GatewayHTTP", "GatewayEventLoop", "Platform", "Primitives"]),
    tests("GatewayStackTests", ["GatewayStack"]),
    tests(
        "BackupTests",
        [
            "Audit", "BSON", "BackupContainer", "BackupJob", "BackupStores", "JSON", "MongoDB", "Platform",
            "Primitives", "TestMongo", "back-up", "create-account", "manage-account", "seal-audit", "set-up",
            "verify-login",
        ], without: ["Scripts"]),
    tests("SetUpTests", ["set-up", "BSON", "MongoDB", "TestPorts"]),
    tests("WireTests", ["Wire"]),
    tests(
        "GatewayWorkersTests",
        ["GatewayWorkers", "GatewayEventLoop", "GatewayStack", "Platform", "Wire", "faulty-function"]),
    executable("Tests/Faults/faulty-function", ["Platform", "Wire"]),
    executable("Tests/Faults/scripted-function", ["JSON", "Platform", "Primitives", "Wire"]),
    tests(
        "GatewayControlTests",
        [
            "GatewayControl", "GatewayEventLoop", "GatewayHTTP", "GatewayStack", "GatewayWorkers", "JSON", "Platform",
            "Primitives", "TimeZones", "Wire", "faulty-function", "passerelle", "scripted-function",
        ]),
    tests("PackageTests", []),
    .testTarget(
        name: "DeployTests", dependencies: ["echo", "passerelle"], path: "Tests/DeployTests", exclude: ["Scripts"],
        swiftSettings: swiftRules),
    .testTarget(
        name: "EndToEnd",
        dependencies: ["Cryptography", "JSON", "Pictures", "Primitives", "TestPictures", "TestPorts"],
        path: "Tests/EndToEnd",
        exclude: ["Scripts"], swiftSettings: swiftRules),
]

let benchmarks: [Target] = [
    executable("Tests/Benchmarks/bare-server", ["GatewayEventLoop", "GatewayHTTP"]),
    executable("Tests/Benchmarks/bare-hash", ["CSodium", "PasswordHashing", "Platform"]),
    executable("Tests/Benchmarks/bare-spawn", ["Platform"]),
    executable("Tests/Benchmarks/bare-scan", ["Platform", "PlayersDomain", "PlayersSnapshot", "Primitives"]),
]

// MARK: - Fuzz targets
// PASSERELLE_FUZZ=1 swift build -c release --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address --disable-dead-strip
// (with two --sanitize options the compiler heeds only one of them, in no fixed order)

let fuzzing: [Target] = [
    fuzz("Tests/Fuzz/fuzz-http", ["GatewayHTTP"]),
    fuzz("Tests/Fuzz/fuzz-stack", ["GatewayStack"]),
    fuzz("Tests/Fuzz/fuzz-frame", ["Wire"]),
]

func fuzz(_ path: String, _ needs: [Target.Dependency]) -> Target {
    .executableTarget(
        name: lastComponent(of: path), dependencies: needs, path: path,
        swiftSettings: swiftRules + [.unsafeFlags(["-parse-as-library"])])
}

// Images are made without the folder of tests, whose targets SwiftPM would miss.
let checking = Context.environment["PASSERELLE_WITHOUT_TESTS"] == nil ? testing + benchmarks : []

let package = Package(
    name: "Passerelle",
    targets: kit + accounts + players + messages + system + gateway + checking
        + (Context.environment["PASSERELLE_FUZZ"] == nil ? [] : fuzzing)
)
