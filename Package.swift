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

func executable(_ path: String, _ needs: [Target.Dependency]) -> Target {
    .executableTarget(name: lastComponent(of: path), dependencies: needs, path: path, swiftSettings: swiftRules)
}

func tests(_ name: String, _ needs: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: needs, path: "Tests/\(name)", swiftSettings: swiftRules)
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
    shim("CMongoShim", ["CMongoC"]),
    shim("CPNGShim", ["CPNG"]),
    shim("CLinux"),

    library("Primitives", "Functions/Kit/Primitives"),
    library("JSON", "Functions/Kit/JSON"),
    library("BSON", "Functions/Kit/BSON", ["Primitives"]),
    library("Wire", "Functions/Kit/Wire"),
    library("Platform", "Functions/Kit/Platform", ["CLinux", "Primitives"]),
    library("Runtime", "Functions/Kit/Runtime", ["Wire", "Platform", "JSON", "Primitives"]),
    library("Secrets", "Functions/Kit/Secrets", ["Platform", "Primitives"]),
    library("Cryptography", "Functions/Kit/Cryptography", ["COpenSSL", "Primitives"]),
    library("PasswordHashing", "Functions/Kit/PasswordHashing", ["CSodium", "Platform"]),
    library("Tokens", "Functions/Kit/Tokens", ["Cryptography", "JSON", "Primitives"]),
    library("QRImage", "Functions/Kit/QRImage", ["CQREncode", "CPNGShim"]),
    library("MongoDB", "Functions/Kit/MongoDB", ["CMongoShim", "BSON"]),
    library("FieldEncryption", "Functions/Kit/FieldEncryption", ["MongoDB", "BSON", "Primitives"]),
    library("Audit", "Functions/Kit/Audit", ["BSON", "MongoDB", "Cryptography", "Primitives"]),
]

// MARK: - Accounts

let accounts: [Target] = [
    library("AccountsDomain", "Functions/Accounts/Domain", ["Primitives"]),
    library(
        "AccountsStore", "Functions/Accounts/Store",
        [
            "AccountsDomain", "Audit", "BSON", "Cryptography", "FieldEncryption", "MongoDB", "PasswordHashing",
            "Platform", "Primitives", "Runtime", "Secrets",
        ]),
    library(
        "AccountsAccess", "Functions/Accounts/Access",
        ["AccountsDomain", "AccountsStore", "Audit", "MongoDB", "Primitives", "Runtime", "Tokens"]),
    executable("Functions/Accounts/create-account", accountFunction + ["QRImage"]),
    executable("Functions/Accounts/verify-login", accountFunction),
    executable("Functions/Accounts/rotate-credentials", accountFunction + ["QRImage"]),
    executable("Functions/Accounts/manage-account", accountFunction),
]

var accountFunction: [Target.Dependency] {
    [
        "AccountsAccess", "AccountsDomain", "AccountsStore", "Audit", "BSON", "Cryptography", "JSON", "MongoDB",
        "PasswordHashing", "Primitives", "Runtime", "Tokens",
    ]
}

// MARK: - System and samples

let system: [Target] = [
    executable("Functions/echo", ["Runtime"]),
    executable(
        "Functions/System/set-up",
        [
            "AccountsStore", "Audit", "BSON", "Cryptography", "FieldEncryption", "JSON", "MongoDB", "Platform",
            "Primitives", "Secrets", "CLinux",
        ]),
]

// MARK: - Gateway

let gateway: [Target] = [
    library("GatewayEventLoop", "Gateway/EventLoop", ["CLinux", "Platform"]),
    library("GatewayHTTP", "Gateway/HTTP", ["GatewayEventLoop", "Platform", "Primitives"]),
    library("GatewayStack", "Gateway/Stack", ["CYAML"]),
    library("GatewayWorkers", "Gateway/Workers", ["GatewayEventLoop", "GatewayStack", "CLinux", "Platform", "Wire"]),
    library(
        "GatewayControl", "Gateway/Control",
        [
            "GatewayEventLoop", "GatewayHTTP", "GatewayStack", "GatewayWorkers", "JSON", "Platform", "Primitives",
            "Wire",
        ]),
    executable(
        "Gateway/passerelle",
        ["GatewayControl", "GatewayEventLoop", "GatewayHTTP", "GatewayStack", "GatewayWorkers", "Platform"]),
]

// MARK: - Tests

let testing: [Target] = [
    tests("PrimitivesTests", ["Primitives"]),
    tests("JSONTests", ["JSON"]),
    tests("BSONTests", ["BSON", "Primitives"]),
    tests("WireTests", ["Wire"]),
    tests("RuntimeTests", ["Runtime", "Wire", "JSON", "Platform", "Primitives"]),
    tests("CryptographyTests", ["Cryptography", "Primitives"]),
    tests("PasswordHashingTests", ["PasswordHashing", "Platform"]),
    tests("TokensTests", ["Tokens", "Cryptography", "JSON", "Primitives"]),
    tests("QRImageTests", ["QRImage"]),
    tests("MongoDBTests", ["MongoDB", "FieldEncryption", "BSON", "Primitives"]),
    tests("AccountsDomainTests", ["AccountsDomain", "Primitives"]),
    tests("GatewayHTTPTests", ["GatewayHTTP", "GatewayEventLoop", "Platform", "Primitives"]),
    tests("GatewayStackTests", ["GatewayStack"]),
    tests("GatewayWorkersTests", ["GatewayWorkers", "GatewayEventLoop", "GatewayStack", "Platform", "Wire"]),
    tests("PackageTests", []),
    tests("EndToEnd", ["JSON"]),
]

let package = Package(
    name: "Passerelle",
    targets: kit + accounts + system + gateway + testing
)
