import Testing

@testable import set_up

struct SettingsTests {
    private func settings(_ environment: [String: String]) throws(Failure) -> Settings {
        try Settings(environment: environment, workingDirectory: "/srv/app")
    }

    @Test func `without any setting, all is local`() throws {
        let settings = try settings([:])
        #expect(settings.dataDirectory == "/srv/app/.data")
        #expect(settings.stack == "/srv/app/stack.yml")
        #expect(settings.address.description == "127.0.0.1:8080")
        #expect(settings.mongodbURI == nil)
    }

    @Test(arguments: [
        ("data", "/srv/app/data"), ("./data", "/srv/app/data"), ("././data", "/srv/app/data"),
        ("../data", "/srv/app/../data"), ("/data", "/data"), ("", "/srv/app/.data"),
    ])
    func `relative folders are meant from the working directory`(given: String, path: String) throws {
        #expect(try settings(["DATA_DIR": given]).dataDirectory == path)
    }

    @Test func `the gateway inherits everything but the connection string`() throws {
        let environment = ["MONGODB_URI": "mongodb://u:p@h/", "PUBLIC_URL": "https://a", "PORT": "", "SECRETS": "/etc"]
        let passed = try settings(environment).gatewayEnvironment
        #expect(passed["MONGODB_URI"] == nil)
        #expect(passed["PUBLIC_URL"] == "https://a")
        #expect(passed["PORT"] == "8080")
        #expect(passed["SECRETS"] == "/srv/app/.data/secrets")
    }

    @Test(arguments: ["0", "1", "8080", "65535"])
    func `a port is a number of sixteen bits`(port: String) throws {
        #expect(try settings(["PORT": port]).address.port == UInt16(port))
    }

    @Test(arguments: ["-1", "+1", "65536", "8080 ", "0x50", "٨٠", "8080\n"])
    func `anything else is no port`(port: String) {
        let failure = #expect(throws: Failure.self) { try settings(["PORT": port]) }
        #expect(failure?.status == 78)
    }

    @Test(arguments: [
        ("mongodb://localhost", "localhost"), ("mongodb://a:1,b:2/x?replicaSet=r", "a:1,b:2"),
        ("mongodb://user:pa%40ss@h:1/?tls=true", "h:1"),
        ("mongodb+srv://u:p@cluster.example.org", "cluster.example.org"),
        ("mongodb://u:p@ss@h/", "h"),
    ])
    func `of a connection string only the hosts are shown`(text: String, hosts: String) throws {
        #expect(try MongoURI(parsing: text).description == hosts)
    }

    @Test(arguments: ["", "localhost:27017", "mongodb:/h", "mongodb://", "mongodb://u:p@", "http://h", "mongodb://?x"])
    func `what is no connection string is refused without being shown`(text: String) {
        let failure = #expect(throws: Failure.self) { try MongoURI(parsing: text) }
        #expect(failure?.status == 78)
        #expect(text.isEmpty || failure?.sentence.contains("u:p") == false)
    }
}
