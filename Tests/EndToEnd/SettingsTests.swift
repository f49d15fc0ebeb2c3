import Foundation
import TestPorts
import Testing

extension AccountsEndToEnd {
    /// What is said of settings that are wrong, before anything is served.
    @Suite struct SettingsTests {
        /// Runs a program that is to refuse, with these settings and none of the tests' own.
        private func refusal(_ settings: [String: String], _ program: String, _ words: [String]) throws -> Command {
            let path = "PATH=/usr/bin:/bin:" + Environment.fetchedServer
            let variables = [path, "STACK=\(Environment.root)/stack.yml"] + settings.map { "\($0.key)=\($0.value)" }
            let limit = ["/usr/bin/timeout", "--kill-after=60", "240"]
            return try Command(
                ["/usr/bin/env", "-i"] + variables + limit + [Environment.program(program)] + words, withErrors: true)
        }

        private func gatewayRefusal(_ settings: [String: String]) throws -> Command {
            let secrets = try Installation.here.folder + "/data/secrets"
            let ours = ["PORT": "0", "SECRETS": secrets].merging(settings) { $1 }
            return try refusal(ours, "passerelle", ["--check-settings"])
        }

        private func lastLine(_ command: Command) -> String? {
            command.text.split(separator: "\n").last.map(String.init)
        }

        @Test(arguments: [
            ("REGISTRATION", "maybe", "REGISTRATION must be open or admin, not \"maybe\"."),
            ("PENDING_ACCOUNTS", "-1", "PENDING_ACCOUNTS must be a whole number from 0 to 100000000, not \"-1\"."),
            (
                "CREDENTIAL_LIFETIME_DAYS", "0",
                "CREDENTIAL_LIFETIME_DAYS must be a whole number from 1 to 3650, not \"0\"."
            ),
            ("HASH_SLOTS", "none", "HASH_SLOTS must be a whole number from 1 to 256, not \"none\"."),
            ("MESSAGE_RATE", "fast", "MESSAGE_RATE must be a whole number from 0 to 1000, not \"fast\"."),
            ("WEBHOOK_URL", "nowhere", "WEBHOOK_URL must be an http: or https: address."),
            (
                "SMTP_URL", "http://mail.example.org",
                "SMTP_URL must be smtp:// or smtps:// with a host and, if need be, a port, no more."
            ),
            (
                "SMTP_URL", "smtp://mail.example.org",
                "SMTP_FROM must be an address such as \"Passerelle <noreply@example.org>\"."
            ),
            ("SMTP_FROM", "nobody", "SMTP_FROM must be an address such as \"Passerelle <noreply@example.org>\"."),
            ("MAIL_LANGUAGE", "de", "MAIL_LANGUAGE must be en or fr."),
            ("BACKUP_KEEP", "some", "BACKUP_KEEP must be a number of backups such as 14, or of days such as 30d."),
            ("BACKUP_TARGET", "backups", "BACKUP_TARGET must be an absolute path or s3://bucket/prefix."),
            (
                "BACKUP_TARGET", "s3://bucket",
                "The secret backup-store is missing: the object store's accessKeyId and secretAccessKey."
            ),
            ("BACKUP_PUBLIC_KEY", "short", "BACKUP_PUBLIC_KEY is not 32 bytes in base64."),
            ("BACKUP_SCHEDULE", "never", "The function back-up has an annotation schedule that cannot be read."),
            (
                "CALLBACK_HOSTS", "hooks.example.org,https://b.example",
                "CALLBACK_HOSTS must be a list of hosts such as hooks.example.org:8443, "
                    + "which \"https://b.example\" is not."
            ),
            ("PAGES", "/nowhere", "PAGES must be a folder, which \"/nowhere\" is not."),
        ])
        func `a wrong setting is refused before anything is served, in one sentence`(
            name: String, value: String, sentence: String
        ) throws {
            let refusal = try gatewayRefusal([name: value])
            #expect(refusal.status == 78)
            #expect(lastLine(refusal) == "passerelle: " + sentence)
            #expect(!refusal.text.contains("listening"))
        }

        @Test func `of several wrong settings each is told, and once`() throws {
            let refusal = try gatewayRefusal(["HASH_SLOTS": "0", "BACKUP_KEEP": "some"])
            #expect(refusal.status == 78)
            let sentences = [
                "HASH_SLOTS must be a whole number from 1 to 256, not \"0\".",
                "BACKUP_KEEP must be a number of backups such as 14, or of days such as 30d.",
            ]
            #expect(lastLine(refusal) == "passerelle: " + sentences.joined(separator: " "))
        }

        @Test func `whoever starts everything is told so, too, with nothing left running`() throws {
            let folder = "/var/tmp/passerelle-test-\(UUID().uuidString.prefix(8))"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let port = String(try FreePort.take())
            let refusal = try refusal(
                ["REGISTRATION": "maybe", "DATA_DIR": folder, "PORT": port], "set-up", ["serve"])
            #expect(refusal.status == 78)
            #expect(refusal.text.contains("passerelle: REGISTRATION must be open or admin, not \"maybe\".\n"))
            #expect(!refusal.text.contains("is ready at"))
            #expect(!Processes.all.contains { Processes.belongs($0, to: folder) })
        }
    }
}
