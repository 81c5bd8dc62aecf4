import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `The keys of a run` {
    private static let signed = Shop.contract.replacing(
        "signature: unstated",
        with: """
            signature:
              header: { says: X-Shop-Signature, source: manual }
              algorithm: { says: hmac-sha256, source: manual }
              encoding: { says: hex, source: manual }
              prefix: { none: true, source: manual }
              key: { says: text, source: manual }
              content: { says: body, source: manual }
              per_attempt: unstated
              absent_without_secret: unstated
            """
    ).replacing(
        "headers:\n",
        with: "headers:\n  - name: X-Shop-Signature\n    value: { says: signature, source: manual }\n"
    )

    private static func mode(of file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    @Test func `stand beside the evidence, for the owner alone, and signatures are checked with them`() async throws {
        try await Sitting.with(contract: Self.signed) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            let keys = sitting.folder.appending(path: "reports/keyring.json")
            #expect(try Self.mode(of: keys) == 0o600)
            #expect(!sitting.folder.has("reports/keyring.json.new"))
            let judged = try await sitting.hookassay(
                "judge",
                "reports/evidence.ndjson",
                "--check",
                "signature.bytes",
                "--format",
                "json"
            )
            #expect(judged.status == 0, "\(judged.everything)")
            #expect(judged.output.contains(#""outcome" : "held""#))
            #expect(!judged.output.contains("whsec_"))
        }
    }

    @Test func `are missed for what rests on them alone`() async throws {
        try await Sitting.with(contract: Self.signed) { sitting in
            let run = try await sitting.hookassay("run", "shop", "--no-keyring")
            #expect(run.status == 0, "\(run.everything)")
            #expect(!sitting.folder.has("reports/keyring.json"))
            let judged = try await sitting.hookassay("judge", "reports/evidence.ndjson")
            #expect(judged.status == 2, "\(judged.everything)")
            #expect(judged.output.contains("INCONCLUSIVE signature.bytes"), "\(judged.output)")
            #expect(judged.output.contains("the keys of this run are not here"), "\(judged.output)")
            #expect(!judged.output.contains("VIOLATED"))
        }
    }

    @Test func `are of one run, and no other's are taken for them`() async throws {
        try await Sitting.with(contract: Self.signed) { sitting in
            _ = try await sitting.hookassay("run", "shop", "--out", "first", "--seed", "1")
            _ = try await sitting.hookassay("run", "shop", "--out", "second", "--seed", "2")
            let named = try await sitting.hookassay("judge", "first/evidence.ndjson", "--keys", "second/keyring.json")
            #expect(named.status == 65, "\(named.everything)")
            #expect(named.complaints.contains("these are the keys of another run"))
            let keys = try sitting.folder.text(of: "second/keyring.json")
            try sitting.folder.write(keys, to: "first/keyring.json")
            let beside = try await sitting.hookassay("judge", "first/evidence.ndjson")
            #expect(beside.status == 2, "\(beside.everything)")
            #expect(beside.complaints.contains("warning: "))
            #expect(!beside.everything.contains("whsec_"))
            try sitting.folder.write("{\"secret\": \"whsec_abc\"", to: "first/keyring.json")
            let damaged = try await sitting.hookassay("judge", "first/evidence.ndjson")
            #expect(damaged.status == 65, "\(damaged.everything)")
            #expect(!damaged.everything.contains("whsec_"))
        }
    }

    @Test func `are not written through a link, and those of an earlier run do not stay`() async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write("mine", to: "precious")
            try sitting.folder.write("", to: "reports/.keep")
            let link = sitting.folder.appending(path: "reports/keyring.json")
            try FileManager.default.createSymbolicLink(
                at: link,
                withDestinationURL: sitting.folder.appending(path: "precious")
            )
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            #expect(try sitting.folder.text(of: "precious") == "mine")
            #expect(try Self.mode(of: link) == 0o600)
            let next = try await sitting.hookassay("run", "shop", "--no-keyring")
            #expect(next.status == 0, "\(next.everything)")
            #expect(!sitting.folder.has("reports/keyring.json"))
        }
    }
}
