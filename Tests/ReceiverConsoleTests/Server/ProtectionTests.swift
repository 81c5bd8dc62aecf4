import CurlTransport
import Notation
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Protection against other pages` {
    @Test(arguments: [
        ("evil.example", 403), ("evil.example:PORT", 403), ("127.0.0.1.evil.example", 403), ("10.0.0.1:PORT", 403),
        ("localhost@evil.example", 403), ("[::1]:PORT", 200), ("localhost:PORT", 200), ("127.0.0.1:1", 200),
        ("LOCALHOST", 200), ("127.0.0.1:PORT:x", 403), ("[::1", 403), ("[::1]evil", 403),
    ])
    func `only a host that names the console is served`(_ host: String, _ status: Int) async throws {
        try await withConsole { console in
            let value = host.replacing("PORT", with: "\(console.port)")
            let answer = try await console.call("GET", "/api/endpoints", headers: [HeaderField("Host", value)])
            #expect(answer.status == status, "\(value)")
        }
    }

    @Test func `a name can be allowed`() async throws {
        try await withConsole(settings: ConsoleSettings(names: ["console.test"])) { console in
            let headers = [HeaderField("Host", "console.test:99")]
            let answer = try await console.call("GET", "/api/endpoints", headers: headers)
            #expect(answer.status == 200)
        }
    }

    @Test func `a page of another origin changes nothing`() async throws {
        try await withConsole { console in
            let (id, _) = try await console.open("{}")
            let foreign = ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:\(console.port)"]
            for origin in foreign {
                let headers = [HeaderField("Origin", origin)]
                #expect(try await console.call("POST", "/api/endpoints", "{}", headers: headers).status == 403)
                #expect(try await console.call("DELETE", "/api/endpoints/\(id)", headers: headers).status == 403)
            }
            let site = [HeaderField("Sec-Fetch-Site", "cross-site")]
            #expect(try await console.call("POST", "/api/endpoints", "{}", headers: site).status == 403)
            let own = [HeaderField("Origin", console.url)]
            #expect(try await console.call("POST", "/api/endpoints", "{}", headers: own).status == 201)
            #expect(try await console.call("GET", "/api/endpoints").json["endpoints"]?.items?.count == 2)
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
    func `what a form can send is not taken`(_ type: String) async throws {
        try await withConsole { console in
            let headers = [HeaderField("Content-Type", type)]
            let answer = try await console.call("POST", "/api/endpoints", "{}", headers: headers)
            #expect(answer.status == 415)
        }
    }

    @Test func `every answer forbids what the page does not need`() async throws {
        try await withConsole { console in
            for path in ["/", "/live.js", "/live.css", "/api/endpoints", "/nothing", "/openapi.json"] {
                let headers = try await console.call("GET", path).headers
                let policy = try #require(headers.first(named: "Content-Security-Policy"))
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("script-src 'self';"))
                #expect(!policy.contains("unsafe"))
                #expect(headers.first(named: "X-Content-Type-Options") == "nosniff")
                #expect(headers.first(named: "Access-Control-Allow-Origin") == nil)
            }
        }
    }

    @Test func `a large call is refused`() async throws {
        try await withConsole(settings: ConsoleSettings(bodyLimit: 1000)) { console in
            let body = #"{"name": "\#(String(repeating: "x", count: 2000))"}"#
            let answer = try await console.call("POST", "/api/endpoints", body)
            #expect(answer.status == 413)
        }
    }

    @Test func `an unknown path is told as JSON`() async throws {
        try await withConsole { console in
            let answer = try await console.call("GET", "/nothing")
            #expect(answer.status == 404)
            #expect(answer.json["help"]?.stringValue?.contains("openapi") == true)
        }
    }
}
