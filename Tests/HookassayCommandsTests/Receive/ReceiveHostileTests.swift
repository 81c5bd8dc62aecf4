import DeliveryEvidence
import Foundation
import HookassayCommands
import Notation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `What comes from outside` {
    /// Escapes for terminals, orders for build services, marks that turn the writing round, and bytes that are no text.
    private static let hostile: [UInt8] =
        Array(
            "\u{1B}[2J\u{1B}]0;owned\u{07}\r\n::error::owned\n##vso[task.complete]##[error]\u{0}\u{202E}gpj\u{9B}31m"
                .utf8
        )
        + [0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80]
        + Array("\u{200B}\u{2028}\u{E0041}<script>'\"`$(x)\u{7F}".utf8)

    private static func request(_ target: String) -> [UInt8] {
        let head = "POST \(target) HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nContent-Type: text/\u{9B}x\r\n"
        return Array("\(head)Webhook-Id: \u{202E}evt\r\nContent-Length: \(hostile.count)\r\n\r\n".utf8) + hostile
    }

    @Test(arguments: [[], ["--json"], ["--color", "always"]] as [[String]])
    func `never reaches the output as it is`(_ form: [String]) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(form, in: folder) { receiver throws in
                try await receiver.sendRaw(Self.request("/hooks?::error::"))
                _ = try? await receiver.sendRaw(Array("\u{1B}[31m not HTTP at all ::warning::\r\n\r\n".utf8))
                try await receiver.awaitEvidence("connection.closed", count: 2)
            }
            // The only escapes are our own colours.
            let own = run.output.replacing(/\u{1B}\[[0-9]{1,2}m/, with: "")
            let bad = own.unicodeScalars.filter { scalar in
                scalar != "\n" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                    || [0x202E, 0x2028, 0x200B, 0xFFFD, 0xE0041].contains(scalar.value)
            }
            #expect(bad.isEmpty, "\(Array(bad).map(\.value)) in \(run.output)")
            #expect(form == ["--color", "always"] || own == run.output)
            #expect(!own.contains("##"))
            for line in own.split(separator: "\n") {
                #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
                if form == ["--json"] { #expect(throws: Never.self) { try JSONValue.parse(Array(line.utf8)) } }
            }
            #expect(own.contains("owned"), "\(own)")
            #expect(own.contains("/hooks?::error::"))
            let body = try ReceiverAtDesk.history(in: folder).attempts.first?.arrived.body.bytes
            #expect(body == Self.hostile)
        }
    }

    @Test func `of any length makes lines that end`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run([], in: folder) { receiver throws in
                let target = "/" + String(repeating: "x", count: 5000)
                try await receiver.send(
                    String(repeating: "\u{300}", count: 400_000),
                    [],
                    to: "\(receiver.url)\(target)"
                )
            }
            let lines = run.output.split(separator: "\n")
            #expect(lines.contains { $0.contains("#1 800000 bytes of application/json") }, "\(lines.prefix(9))")
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= 4001 }, "\(lines.map(\.unicodeScalars.count))")
            #expect(try ReceiverAtDesk.history(in: folder).attempts.first?.arrived.body.bytes.count == 800_000)
        }
    }
}

@Suite struct `Text that is shown` {
    @Test(
        arguments: [
            ("plain text", "plain text"), ("größer 日本 🙂", "größer 日本 🙂"),
            ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"), ("a\r\n\tb", "a\\r\\n\\tb"), ("\u{0}", "\\u{0}"),
            ("\u{202E}abc\u{2066}", "\\u{202E}abc\\u{2066}"), ("a\u{200B}b\u{E0041}", "a\\u{200B}b\\u{E0041}"),
            ("##vso[x]", "#\\u{23}vso[x]"), ("###", "#\\u{23}\\u{23}"), ("# #", "# #"), ("\u{E000}", "\\u{E000}"),
        ] as [(String, String)]
    )
    func `is one line of what can be seen`(_ text: String, _ shown: String) {
        #expect(ShownText.of(text) == shown)
        #expect(ShownText.of(shown) == shown)
    }

    @Test func `shows bytes that are no text`() {
        #expect(ShownText.of([0x61, 0xFF, 0xC3, 0xA4, 0xC3] as [UInt8]) == "a\\xFFä\\xC3")
        #expect(ShownText.of([0xED, 0xA0, 0x80, 0xF5, 0x1B] as [UInt8]) == "\\xED\\xA0\\x80\\xF5\\u{1B}")
        #expect(ShownText.of([UInt8]()) == "")
    }

    @Test(
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"), ("", 3, ""),
        ] as [(String, Int, String)]
    )
    func `fits the terminal`(_ text: String, _ cells: Int, _ cut: String) {
        #expect(ShownText.cut(text, toCells: cells) == cut)
    }
}
