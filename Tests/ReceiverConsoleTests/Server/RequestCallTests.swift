import CurlTransport
import Notation
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Requests over the control API` {
    @Test func `a request is told with everything that came`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "reset", "path": "/in"}"#)
            let headers = [HeaderField("X-One", "1"), HeaderField("x-one", "2"), HeaderField("Webhook-Id", "evt_1")]
            _ = try? await console.send("POST", url + "?a=1", [0x7B, 0x00, 0xFF], headers: headers)
            let shown = try await console.call("GET", "/api/endpoints/\(id)/requests/1").json
            #expect(shown["method"]?.stringValue == "POST")
            #expect(shown["target"]?.stringValue == "/in?a=1")
            #expect(shown["delivery"]?.stringValue == "evt_1")
            #expect(shown.at("/body/bytes")?.intValue == 3)
            #expect(shown.at("/body/text") == .null)
            #expect(shown.at("/body/base64")?.stringValue == "ewD/")
            let own = shown["headers"]?.items?.filter { $0.at("/0")?.stringValue?.lowercased() == "x-one" }
            #expect(own == [.array([.string("X-One"), .string("1")]), .array([.string("x-one"), .string("2")])])
            #expect(shown.at("/answer/status") == .null)
            #expect(shown.at("/answer/receipts/0/wire")?.stringValue?.contains("RST") == true)
        }
    }

    @Test func `the nth request can be waited for`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            async let second = console.call("GET", "/api/endpoints/\(id)/requests/2?wait=30s")
            _ = try await console.send("POST", url, Array("one".utf8))
            _ = try await console.send("POST", url, Array("two".utf8))
            #expect(try await second.json.at("/body/text")?.stringValue == "two")
        }
    }

    @Test func `what is not there is told with the way out`() async throws {
        try await withConsole(limits: JournalLimits(requests: 1)) { console in
            let (id, url) = try await console.open("{}")
            _ = try await console.send("POST", url)
            _ = try await console.send("POST", url)
            let early = try await console.call("GET", "/api/endpoints/\(id)/requests/3")
            #expect(early.status == 404)
            #expect(early.json["error"]?.stringValue == "Request 3 has not arrived; 2 have so far.")
            let late = try await console.call("GET", "/api/endpoints/\(id)/requests/3?wait=20ms")
            #expect(late.status == 408)
            #expect(late.json["error"]?.stringValue?.contains("within 20ms") == true)
            let gone = try await console.call("GET", "/api/endpoints/\(id)/requests/1")
            #expect(gone.status == 410)
            #expect(try await console.call("GET", "/api/endpoints/\(id)/requests/0").status == 404)
            let unit = try await console.call("GET", "/api/endpoints/\(id)/requests/3?wait=30")
            #expect(unit.status == 400)
        }
    }

    @Test func `requests are told page by page`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            for _ in 1...5 { _ = try await console.send("POST", url) }
            let page = try await console.call("GET", "/api/endpoints/\(id)/requests?since=1&limit=2").json
            #expect(page["requests"]?.items?.compactMap { $0["number"]?.intValue } == [2, 3])
            #expect(page["next"]?.intValue == 3)
            #expect(try await console.call("GET", "/api/endpoints/\(id)/requests?since=-1").status == 400)
            #expect(try await console.call("GET", "/api/endpoints/\(id)/requests?limit=0").status == 400)
        }
    }

    @Test func `a connection that failed before a request is told`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "expired, 200", "tls": true}"#)
            await #expect(throws: TransferError.self) {
                try await console.transport.send(TransferRequest(method: "POST", url: url, totalLimit: .seconds(20)))
            }
            #expect(try await console.send("POST", url).status == 200)
            let told = try await console.call("GET", "/api/endpoints/\(id)/failures").json
            let failures = try #require(told["failures"]?.items)
            #expect(!failures.isEmpty)
            #expect(failures.allSatisfy { $0["kind"]?.stringValue == "failure" })
            #expect(failures.contains { $0["reason"]?.stringValue?.isEmpty == false })
            #expect(try await console.call("GET", "/api/endpoints/\(id)/requests").json["arrived"]?.intValue == 1)
        }
    }

    @Test func `a request can be replayed, byte by byte`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500, 200"}"#)
            let body: [UInt8] = [0, 0xFF, 10, 13]
            _ = try await console.send("PUT", url + "x?y=%20", body, headers: [HeaderField("X-Sig", "abc")])
            let answer = try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay")
            #expect(answer.json["ok"]?.boolValue == true)
            #expect(answer.json["status"]?.intValue == 200)
            let first = try await console.call("GET", "/api/endpoints/\(id)/requests/1").json
            let second = try await console.call("GET", "/api/endpoints/\(id)/requests/2").json
            for part in ["/method", "/target", "/body"] { #expect(second.at(part) == first.at(part)) }
            #expect(second["headers"] == first["headers"])
        }
    }

    @Test func `a replay that the script ends is no error of the call`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "200, reset"}"#)
            _ = try await console.send("POST", url)
            let answer = try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay")
            #expect(answer.status == 200)
            #expect(answer.json["ok"]?.boolValue == false)
            #expect(answer.json["failure"]?.stringValue?.isEmpty == false)
        }
    }

    @Test func `a replay leaves the machine under no address`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            _ = try await console.send("POST", url)
            for target in ["http://192.0.2.1/", "http://0.0.0.0:\(console.port)/", "file:///etc/passwd", "x"] {
                let body = JSONValue.object([.init(name: "url", value: .string(target))]).compact()
                let answer = try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay", body)
                #expect(answer.status == 422, "\(target): \(answer.text)")
            }
            let other = try await console.open(#"{"script": "202"}"#)
            let body = JSONValue.object([.init(name: "url", value: .string(other.url))]).compact()
            let answer = try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay", body)
            #expect(answer.json["status"]?.intValue == 202)
        }
    }

    @Test func `a body that is not whole is neither replayed nor made a command`() async throws {
        try await withConsole(limits: JournalLimits(body: 10)) { console in
            let (id, url) = try await console.open("{}")
            _ = try await console.send("POST", url, Array(repeating: 65, count: 11))
            #expect(try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay").status == 409)
            #expect(try await console.call("GET", "/api/endpoints/\(id)/requests/1/curl").status == 409)
        }
    }
}
