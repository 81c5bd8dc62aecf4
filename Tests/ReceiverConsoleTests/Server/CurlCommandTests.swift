import CurlTransport
import FoundationEssentials
import Notation
import ProgramRunning
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20)), .enabled(if: HostPrograms.curl != nil, "there is no curl on this host"))
struct `Curl commands` {
    /// Bodies, header values and targets that would be something else to a careless shell, terminal or curl.
    static let hostile: [[UInt8]] = [
        Array("plain".utf8), Array("it's; touch pwned; echo '".utf8), Array("$(touch pwned) `touch pwned` \\".utf8),
        Array("@/etc/passwd".utf8), Array("a\nb\n\n".utf8), Array("\u{1B}[2J\u{7}\r\n\t".utf8),
        [0, 1, 2, 0xFF, 0xFE, 10],
        Array("\u{202E}gnp.exe ' \" ! # ~ * ? [a] {b}".utf8), Array("!!:gs/x/y/ %s %n \\x41".utf8),
        Array("'\\''".utf8), Array("-o pwned".utf8),
    ]

    @Test(arguments: hostile)
    func `send the same request again and nothing else`(_ body: [UInt8]) async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "200", "path": "/a'b;touch%20pwned"}"#)
            let value = String(decoding: body.filter { $0 >= 0x20 && $0 < 0x7F || $0 == 9 }, as: UTF8.self)
            let headers = [
                HeaderField("X-Value", value.split(separator: "\t").joined(separator: " ").trimmed),
                HeaderField("X-Empty", ""),
                HeaderField("Content-Type", "text/x"),
            ]
            _ = try await console.send("POST", url + "?q=$(touch+pwned)'", body, headers: headers)
            let command = try await console.call("GET", "/api/endpoints/\(id)/requests/1/curl").json["command"]
            let text = try #require(command?.stringValue)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
            try await withTemporaryFolder { folder in
                let run = try await ProgramRun.of("/bin/sh", ["-c", text], in: folder.path(), limit: .seconds(600))
                #expect(run.status == 0, "\(text)\n\(run.everything)")
                #expect(!folder.has("pwned"))
            }
            let first = try await console.call("GET", "/api/endpoints/\(id)/requests/1").json
            let second = try await console.call("GET", "/api/endpoints/\(id)/requests/2").json
            for part in ["/method", "/target", "/body"] { #expect(second.at(part) == first.at(part), "\(text)") }
            #expect(Set(second["headers"]?.items ?? []) == Set(first["headers"]?.items ?? []), "\(text)")
        }
    }

    @Test func `ask for the certificate where there is TLS`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "200", "tls": true}"#)
            _ = try await console.send("GET", url)
            let answer = try await console.call("GET", "/api/endpoints/\(id)/requests/1/curl").json
            #expect(answer["command"]?.stringValue?.contains("--cacert hookassay-ca.pem") == true)
            #expect(answer.at("/notes/0")?.stringValue?.contains("/api/ca.pem") == true)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}
