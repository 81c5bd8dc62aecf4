import Foundation
import ProgramRunning
import Testing

/// The signatures were made with another program's HMAC-SHA256, written in base64.
@Suite(.timeLimit(.minutes(20)))
struct `The verdict on a signature` {
    private static let secret = "a secret of the desk"
    private static let body = event("c1")
    private static let signature = "tgZGBHKqWDi24pXeVIUiF2M1mnJK7mdHBXVF6OlTLa0="
    /// Of the same event written without spaces.
    private static let signatureOfCompactBody = "q4bdItHUpAgQ4T7d4zNzNI0vtoLIoQPj/U9/6R1Jj0g="
    private static let contract = BuiltPrograms.repository.appending(path: "Scenarios/jobber/contract.yaml").path

    private static func event(_ item: String) -> String {
        #"{"data": {"webHookEvent": {"topic": "CLIENT_CREATE", "appId": "a", "accountId": "b", "itemId": "\#(item)", "#
            + #""occurredAt": "2026-01-05T10:00:00-06:00"}}}"#
    }

    @Test(arguments: ["env:DESK_SECRET", "file:secret.txt"])
    func `is told with its reason, and the secret with nothing`(_ source: String) async throws {
        try await withTemporaryFolder { folder in
            try folder.write(Self.secret + "\n", to: "secret.txt")
            let run = try await ReceiverAtDesk.run(
                ["--contract", Self.contract, "--secret", source, "--script", "500, 200"],
                environment: ["DESK_SECRET": Self.secret],
                in: folder
            ) { receiver throws in
                let header = "X-Jobber-Hmac-SHA256"
                try await receiver.send(Self.body, [(header, Self.signature)])
                try await receiver.send(Self.body, [(header, Self.signatureOfCompactBody)])
                try await receiver.send(Self.event("c2"), [(header, Self.signature)])
                try await receiver.send(Self.event("c2") + Self.secret, [])
            }
            #expect(run.output.contains("signatures    checked by the contract of Jobber\n"))
            #expect(run.output.contains(" #1 signature valid\n"), "\(run.output)")
            #expect(
                run.output.contains(
                    """
                     #2 signature wrong: The signature is well formed and does not match the content.
                                 #2 nearest explanation: it would verify over the body re-serialised as compact JSON

                    """
                )
            )
            #expect(run.output.contains(" #3 signature wrong: "))
            #expect(run.output.contains(" #4 no signature: The header X-Jobber-Hmac-SHA256 is missing.\n"))
            #expect(run.output.contains("application/json, CLIENT_CREATE: {"))
            // Deliveries are told apart as the contract does.
            #expect(run.output.contains(/\s#1 POST \/hooks, first attempt of .*\n/))
            #expect(run.output.contains(/\s#2 POST \/hooks, attempt 2 \(\+.*\) of .*\n/))
            #expect(run.output.contains(/\s#3 POST \/hooks, first attempt of .*\n/))
            #expect(!run.everything.contains(Self.secret))
            #expect(try !folder.text(of: "evidence.ndjson").contains(Self.secret))
            #expect(run.output.contains("{{secret:main.secret}}"))
        }
    }

    @Test func `is left open without a secret`() async throws {
        try await withTemporaryFolder { folder in
            let arguments = ["--contract", Self.contract, "--json"]
            let run = try await ReceiverAtDesk.run(arguments, in: folder) { receiver in
                try await receiver.send(Self.body, [("X-Jobber-Hmac-SHA256", Self.signature)])
            }
            #expect(
                run.output.contains(#""signature":{"verdict":"unchecked","reason":"No secret was given;"#),
                "\(run.output)"
            )
        }
    }

    @Test func `can choose the answer`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(
                """
                contract: \(Self.contract)
                receiver:
                  - respond: 200
                endpoint:
                  match:
                    - name: unsigned
                      when: { signature: absent }
                      receiver:
                        - respond: 401
                    - name: forged
                      when: { signature: invalid }
                      receiver:
                        - respond: 403
                """,
                to: "strict.yaml"
            )
            let without = try await ProgramRun.of(
                "hookassay",
                ["receive", "strict.yaml", "--no-page"],
                in: folder.path
            )
            #expect(without.status == 65)
            #expect(
                without.complaints.contains("the rule `unsigned` asks what signatures are worth"),
                "\(without.everything)"
            )
            let run = try await ReceiverAtDesk.run(
                ["strict.yaml", "--secret", "env:DESK_SECRET"],
                environment: ["DESK_SECRET": Self.secret],
                in: folder
            ) { receiver throws in
                let header = "X-Jobber-Hmac-SHA256"
                #expect(try await receiver.send(Self.body, [(header, Self.signature)]) == 200)
                #expect(try await receiver.send(Self.event("c2"), [(header, Self.signature)]) == 403)
                #expect(try await receiver.send(Self.body, []) == 401)
            }
            #expect(run.status == 130, "\(run.everything)")
        }
    }
}
