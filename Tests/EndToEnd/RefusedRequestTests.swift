import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct RefusedRequestTests {
        @Test(arguments: [
            "", "{", "[]", "null", "\"alice\"", "{}", #"{"login":1}"#, #"{"login":null}"#, #"{"login":true}"#,
            #"{"login":["LOGIN"]}"#, #"{"login":{"$gt":""}}"#, #"{"login":{"$ne":null}}"#, #"{"login":"ab"}"#,
            #"{"login":"a b"}"#, #"{"login":"LOGIN\u0000"}"#, #"{"login":"$LOGIN"}"#, #"{"login":"l\u00f6gin"}"#,
            #"{"login":"\u212aLOGIN"}"#,
            #"{"login":"0123456789012345678901234567890123456789012345678901234567890123x"}"#,
            #"{"login":"LOGIN","login":"LOGIN"}"#, #"{"login":"LOGIN","admin":true}"#,
            #"{"login":"LOGIN","roles":["admin"]}"#,
            #"{"login":"LOGIN","Login":"LOGIN"}"#, #"{"login":"LOGIN","handout":"mail"}"#,
            #"{"login":"LOGIN","handout":1}"#,
            #"{"login":"LOGIN","email":"nobody"}"#, #"{"login":"LOGIN","email":{"$gt":""}}"#,
            #"{"login":"LOGIN","email":"a@b.example\r\nBcc: c@d.example"}"#, #"{"login":"LOGIN"} {"#,
            #"{"login":"LOGIN",}"#, #"{'login':'LOGIN'}"#, #"{"login":"LOGIN","\u0024where":"1"}"#,
        ])
        func `an account that is not asked for properly is not made`(content: String) throws {
            let installation = try Installation.here
            let login = Person.newLogin()
            let answer = try installation.client.post(
                "/function/create-account", text: content.replacing("LOGIN", with: login))
            #expect(answer.status == 400)
            #expect(answer.slug == "invalid-request")
            #expect(answer["content-type"] == "application/problem+json")
            #expect(try installation.store.find("accounts", ["loginFolded": ["$regex": .string(login)]]).isEmpty)
        }

        @Test(arguments: [
            ("GET", "manage-account"), ("GET", "manage-account/accounts"), ("GET", "read-audit"),
            ("GET", "rotate-credentials/operations"), ("GET", "edit-profile"), ("GET", "edit-profile/somebody"),
            ("GET", "browse-games/library"), ("GET", "match"), ("POST", "match/requests"),
        ])
        func `a query that is not known is refused, but to nobody who has not proven himself`(
            method: String, path: String
        ) throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let target = "/function/" + path + "?unknown=1"
            for query in [target, "/function/" + path + "?limit=%zz"] {
                #expect(try person.client.send(method, query).status == 401)
                #expect(try person.client.send(method, query, ["Authorization": "Bearer x.y.z"]).status == 401)
                #expect(try person.client.send(method, query, person.bearer).status == 400)
            }
            #expect(try person.client.send("GET", "/function/browse-games?unknown=1").status == 400)
        }

        @Test(arguments: [
            #"{"login":"LOGIN","password":{"$gt":""},"totp":"000000"}"#,
            #"{"login":{"$gt":""},"password":"x","totp":"1"}"#,
            #"{"login":"LOGIN","password":"x","totp":{"$regex":".*"}}"#,
            #"{"login":"LOGIN","password":"x","totp":123456}"#,
            #"{"login":"LOGIN","password":"x"}"#, #"{"login":"LOGIN","totp":"000000"}"#,
            #"{"password":"x","totp":"1"}"#,
            #"{"login":"LOGIN","password":"x","totp":"000000","recoveryCode":"x"}"#,
            #"{"login":"LOGIN","password":"x","recoveryCode":["x"]}"#,
            #"{"login":"LOGIN","password":"x","totp":"000000","deviceToken":"short"}"#,
            #"{"login":"LOGIN","password":"x","totp":"000000","remember":true}"#,
            #"{"login":"LOGIN","password":"x","password":"x","totp":"000000"}"#,
            #"{"login":"LOGIN","password":null,"totp":"000000"}"#,
        ])
        func `a login that is not asked for properly is neither checked nor counted`(content: String) throws {
            let installation = try Installation.here
            let login = Person.newLogin()
            for _ in 0..<6 {
                let answer = try installation.client.post(
                    "/function/verify-login", text: content.replacing("LOGIN", with: login))
                #expect(answer.status == 400)
                #expect(answer.slug == "invalid-request")
            }
            let right = #"{"login":"LOGIN","password":"x","totp":"000000"}"#.replacing("LOGIN", with: login)
            #expect(try installation.client.post("/function/verify-login", text: right).status == 401)
        }

        @Test(arguments: [
            "{}", #"{"renewalToken":1}"#, #"{"renewalToken":"short"}"#, #"{"renewalToken":{"$gt":""}}"#,
            #"{"renewalToken":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","totp":"000000"}"#,
            #"{"renewalToken":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"}"#, #"{"password":"x"}"#,
            #"{"totp":"000000"}"#,
            #"{"password":"x","totp":"000000","recoveryCode":"x"}"#,
        ])
        func `a renewal that is not asked for properly is refused`(content: String) throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let answer = try person.client.post("/function/rotate-credentials", text: content, person.bearer)
            #expect(answer.status == 400)
            #expect(try person.account().json["credentials"]["version"].integer == 1)
        }

        @Test func `the field at fault is named by a pointer`() throws {
            let answer = try Installation.here.client.post("/function/create-account", ["login": ["$gt": ""]])
            #expect(answer.json["errors"].elements.map { $0["pointer"].string } == ["/login"])
            let unknown = try Installation.here.client.post("/function/create-account", ["login": "abc", "a/b": 1])
            #expect(unknown.json["errors"].elements.map { $0["pointer"].string } == ["/a~1b"])
        }

        @Test(arguments: ["?x=1", "?login=alice", "?limit=1", "?%00=1", "?x", "?x=1&x=1", "?login[$gt]="])
        func `a query parameter that is not known is refused, and nothing is made`(query: String) throws {
            let installation = try Installation.here
            let login = Person.newLogin()
            let answer = try installation.client.post(
                "/function/create-account" + query, ["login": .string(login)])
            #expect(answer.status == 400)
            #expect(answer.slug == "invalid-request")
            #expect(try installation.store.find("accounts", ["login": .string(login)]).isEmpty)
            #expect(try installation.client.send("GET", "/function/verify-login/jwks" + query).status == 400)
        }

        @Test func `a renewed look at the account with a query that is not known is refused`() throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let answer = try person.client.send("GET", "/function/manage-account?x=1", person.bearer)
            #expect(answer.status == 400)
        }
    }
}
