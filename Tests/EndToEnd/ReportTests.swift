import Foundation
import JSON
import TestPictures
import Testing

extension AccountsEndToEnd {
    @Suite struct ReportTests {
        private func report(_ reporter: Person, _ other: Person, _ reason: String = "Insults.") throws -> String {
            let made = try reporter.match(
                "POST", "/reports", ["login": .string(other.login), "reason": .string(reason)])
            try #require(made.status == 201, "\(made)")
            return "/reports/" + (try #require(made.json["reportId"].string))
        }

        @Test func `a report is made by a player and read by admins alone`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let content: JSONValue = ["login": .string(bob.login.uppercased()), "reason": "Insults."]
            let made = try ada.match("POST", "/reports", content)
            #expect(made.status == 201, "\(made)")
            #expect(made.json["login"].string == bob.login && made.json["status"] == "open")
            let path = "/reports/" + (try #require(made.json["reportId"].string))
            for (method, path) in [("GET", "/reports"), ("GET", path)] {
                #expect(try ada.match(method, path).status == 403)
                #expect(try installation.client.send(method, "/function/match" + path).status == 401)
            }
            #expect(try ada.match("POST", path + "/resolve", ["outcome": "dismissed"]).status == 403)
            let admin = try Admin.appoint(at: installation)
            let shown = try admin.match("GET", path)
            #expect(shown.json["from"].string == ada.login && shown.json["login"].string == bob.login)
            for name in ["reportId", "reason", "messageId", "createdAt", "status"] {
                #expect(shown.json[name] == made.json[name])
            }
            #expect(shown.json["outcome"] == .null && shown.json["resolvedBy"] == .null)
            #expect(try admin.match("GET", "/reports/" + UUID().uuidString).status == 404)
            #expect(try admin.match("GET", "/reports/none").status == 404)
        }

        @Test func `reports are listed page by page, each once, and by how they stand`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let made = try (0..<5).map { try report(ada, bob, "Reason \($0).") }
            let admin = try Admin.appoint(at: installation)
            #expect(try admin.match("POST", made[0] + "/resolve", ["outcome": "dismissed"]).status == 200)
            var found: [String] = []
            var after = ""
            while true {
                let page = try admin.match("GET", "/reports?status=open&limit=2" + after)
                try #require(page.status == 200, "\(page)")
                #expect(page.json["reports"].elements.count <= 2)
                found += page.json["reports"].elements.compactMap { $0["reportId"].string }
                guard let next = page.json["next"].string else { break }
                after = "&after=" + next
            }
            let ids = made.map { String($0.dropFirst("/reports/".count)) }
            #expect(found.filter { ids.contains($0) } == Array(ids.dropFirst()))
            #expect(Set(found).count == found.count)
            for wrong in ["?status=new", "?limit=0", "?after=x", "?login=x"] {
                #expect(try admin.match("GET", "/reports" + wrong).status == 400)
                #expect(try ada.match("GET", "/reports" + wrong).status == 400)
            }
        }

        @Test func `a report is resolved once, whoever tries at the same time`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let path = try report(ada, bob) + "/resolve"
            let admin = try Admin.appoint(at: installation)
            let answers = Parallel.run(20) { number in
                try? admin.match("POST", path, ["outcome": number % 2 == 0 ? "dismissed" : "warned", "note": "Seen."])
            }.compactMap { $0 }
            #expect(answers.allSatisfy { [200, 409, 503].contains($0.status) })
            let outcomes = Set(answers.filter { $0.status == 200 }.compactMap { $0.json["outcome"].string })
            #expect(outcomes.count == 1)
            let one = try #require(answers.first { $0.status == 200 })
            #expect(one.json["note"] == "Seen." && one.json["resolvedBy"].string == admin.login)
            let told = try installation.store.find(
                "audit", ["type": "report.resolved", "actor.account": Stored.id(admin.accountID)])
            #expect(told.count == 1)
            #expect(try ada.edit("GET", "/" + bob.login).status == 200)
        }

        @Test
        func `a report that ends in a lock ends the sessions too, and wants a login of the last quarter of an hour`()
            throws
        {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let path = try report(ada, bob)
            let admin = try Admin.appoint(at: installation)
            let old = try AccessToken.forged(of: admin, at: installation, authenticatedSecondsAgo: 901)
            let verdict: JSONValue = ["outcome": "locked", "note": "Again."]
            let refused = try installation.client.post(
                "/function/match" + path + "/resolve", verdict, ["Authorization": "Bearer \(old)"])
            #expect(refused.status == 401 && refused.slug == "stronger-proof-needed")
            #expect(try bob.account().status == 200)
            let locked = try admin.match("POST", path + "/resolve", verdict)
            #expect(locked.status == 200 && locked.json["outcome"] == "locked", "\(locked)")
            #expect(try bob.account().status == 401)
            #expect(try installation.store.one("accounts", bob.filter)["status"].string == "locked")
            for type in ["account.locked", "report.resolved"] {
                let told = try installation.store.find(
                    "audit", ["type": .string(type), "subject.account": Stored.id(bob.accountID)])
                #expect(told.count == 1, "\(type)")
            }
            #expect(try admin.match("POST", path + "/resolve", verdict).status == 200)
            #expect(try admin.match("POST", path + "/resolve", ["outcome": "dismissed"]).status == 409)
            #expect(try admin.manage("DELETE", "/accounts/\(bob.login)/lock").status == 204)
        }

        @Test func `a message that was reported stays readable for admins alone, also once it is deleted`() throws {
            let installation = try Installation.here
            var (ada, bob) = try Player.teammates(at: installation)
            let eve = try Player.join(at: installation)
            let sent = try bob.say("You fool.", to: ada)
            let id = sent.json["messageId"]
            let content: (Person) -> JSONValue = {
                ["login": .string($0.login), "reason": "Read it.", "messageId": id]
            }
            for (reporter, other) in [(eve, bob), (ada, eve), (bob, bob), (bob, ada)] {
                #expect(try reporter.match("POST", "/reports", content(other)).status == 404)
            }
            let unknown: JSONValue = [
                "login": .string(bob.login), "reason": "a", "messageId": "01939b7e-8a2f-7c3d-9e4f-5a6b7c8d9e0f",
            ]
            #expect(try ada.match("POST", "/reports", unknown).status == 404)
            let made = try ada.match("POST", "/reports", content(bob))
            #expect(made.status == 201 && made.json["messageId"] == id, "\(made)")
            let place = try #require(sent.json["conversationId"].string)
            #expect(try bob.messages("DELETE", "/\(place)/1").status == 204)
            let admin = try Admin.appoint(at: installation)
            let path = "/reports/" + (try #require(made.json["reportId"].string))
            let shown = try admin.match("GET", path)
            #expect(shown.json["message"] == ["sentAt": sent.json["sentAt"], "body": "You fool."])
            for collection in ["reports", "reportedMessages"] {
                let all = try installation.store.find(collection, [:])
                #expect(all.allSatisfy { !String(decoding: $0.text, as: UTF8.self).contains("You fool.") })
            }
            try #require(try bob.prove("POST", "/erase").status == 204)
            #expect(try admin.match("GET", path).status == 404)
            let left = try installation.store.find("reportedMessages", ["messageId": Stored.id(id.string ?? "")])
            #expect(left.isEmpty)
        }

        @Test func `what is not a report, or about nobody one knows, is refused`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let stranger = try Player.join(at: installation, game: "go")
            let login = JSONValue.string(bob.login)
            let wrong: [JSONValue] = [
                [:], ["login": login], ["login": login, "reason": ""], ["login": login, "reason": "  "],
                ["login": login, "reason": .string(String(repeating: "x", count: 1001))],
                ["login": "x", "reason": "a"], ["login": ["$gt": ""], "reason": "a"],
                ["login": login, "reason": ["$gt": ""]], ["login": login, "reason": "a", "messageId": "1"],
                ["login": login, "reason": "a", "status": "resolved"], ["login": login, "reason": "a", "roles": []],
            ]
            for content in wrong { #expect(try ada.match("POST", "/reports", content).status == 400, "\(content)") }
            let absent = try ada.match("POST", "/reports", ["login": "nobody-here", "reason": "a"])
            #expect(absent.status == 404)
            for other in [stranger, ada] {
                let answer = try ada.match("POST", "/reports", ["login": .string(other.login), "reason": "a"])
                #expect(answer.likeness == absent.likeness)
            }
            let admin = try Admin.appoint(at: installation)
            let path = try report(ada, bob) + "/resolve"
            for content in [[:], ["outcome": "banned"], ["outcome": "warned", "score": 1]] as [JSONValue] {
                #expect(try admin.match("POST", path, content).status == 400)
            }
        }

        @Test func `whoever blocks another, or is blocked after having had to do with him, can report him`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            #expect(try ada.match("POST", "/requests", ["to": .string(bob.login), "note": "Fool."]).status == 201)
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            _ = try report(bob, ada)
            _ = try report(ada, bob)
        }

        @Test func `reports are secret, exported to who made them, and gone with either account`() throws {
            let installation = try Installation.here
            var (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let mark = "mark " + UUID().uuidString
            _ = try report(ada, bob, mark)
            _ = try report(bob, ada, "The other way.")
            let admin = try Admin.appoint(at: installation)
            let noted = "noted " + UUID().uuidString
            #expect(
                try admin.match(
                    "POST", try report(ada, bob) + "/resolve", ["outcome": "warned", "note": .string(noted)]
                )
                .status == 200)
            for report in try installation.store.find("reports", [:]) {
                let text = String(decoding: report.text, as: UTF8.self)
                #expect(!text.contains(mark) && !text.contains(noted))
            }
            let export = try ada.manage("GET", "/export").json
            #expect(export["reports"].elements.first?["reason"].string == mark)
            #expect(export["reports"].elements.first?["about"].string == bob.accountID)
            let other = try bob.manage("GET", "/export").json
            #expect(other["reports"].elements.count == 1)
            #expect(other["events"].elements.filter { $0["type"] == "report.made" }.count == 1)
            let picture = PNGFile(width: 1, height: 1, [1, 2, 3, 255])
            #expect(try ada.sendAvatar(picture.bytes).status == 200)
            #expect(
                try ada.manage("GET", "/export").json["avatar"].string?.hasPrefix("data:image/png;base64,") == true)
            try #require(try ada.prove("POST", "/erase").status == 204)
            let own = Stored.id(ada.accountID)
            #expect(try installation.store.find("reports", ["$or": [["reporter": own], ["reported": own]]]).isEmpty)
            #expect(try installation.store.find("avatars", ["_id": own]).isEmpty)
            #expect(try bob.manage("GET", "/export").json["reports"] == [])
        }
    }
}
