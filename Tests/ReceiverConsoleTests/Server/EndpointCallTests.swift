import CurlTransport
import FoundationEssentials
import Notation
import ProgramRunning
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Endpoints over the control API` {
    @Test func `an endpoint is opened, answers by its script, and is closed`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"name": "orders", "script": "500, 200", "path": "/hooks"}"#)
            #expect(url.hasSuffix("/hooks"))
            #expect(try await console.send("POST", url, [1]).status == 500)
            #expect(try await console.send("POST", url, [1]).status == 200)
            let shown = try await console.call("GET", "/api/endpoints/\(id)").json
            #expect(shown["name"]?.stringValue == "orders")
            #expect(shown["requests"]?.intValue == 2)
            #expect(try await console.call("DELETE", "/api/endpoints/\(id)").status == 200)
            #expect(try await console.call("GET", "/api/endpoints/\(id)").status == 404)
            await #expect(throws: TransferError.self) { try await console.send("POST", url, [1]) }
        }
    }

    @Test func `endpoints never see each other`() async throws {
        try await withConsole { console in
            let first = try await console.open(#"{"script": "500, 200"}"#)
            let second = try await console.open(#"{"script": "404, 200"}"#)
            #expect(first.id != second.id)
            #expect(try await console.send("POST", first.url).status == 500)
            #expect(try await console.send("POST", second.url).status == 404)
            let seen = try await console.call("GET", "/api/endpoints/\(second.id)/requests").json
            #expect(seen["arrived"]?.intValue == 1)
            #expect(seen.at("/requests/0/answer/status")?.intValue == 404)
            let listed = try await console.call("GET", "/api/endpoints").json
            #expect(listed["endpoints"]?.items?.compactMap { $0["id"]?.stringValue } == [first.id, second.id])
        }
    }

    @Test func `a new script begins with the next request`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500"}"#)
            #expect(try await console.send("POST", url).status == 500)
            let changed = try await console.call("PUT", "/api/endpoints/\(id)/script", #"{"script": "410, 200"}"#)
            #expect(changed.json["script"]?.stringValue == "410, 200")
            #expect(try await console.send("POST", url).status == 410)
            #expect(try await console.send("POST", url).status == 200)
        }
    }

    @Test func `a script can be a file's text`() async throws {
        try await withConsole { console in
            let yaml = "receiver:\n  - respond: 418\n"
            let (id, url) = try await console.open(
                JSONValue.object([.init(name: "yaml", value: .string(yaml))]).compact()
            )
            #expect(try await console.send("POST", url).status == 418)
            #expect(try await console.call("GET", "/api/endpoints/\(id)").json["script_form"]?.stringValue == "yaml")
            let wrong = #"{"yaml": "receiver:\n  - respond: 200\n  - respond: 999\n"}"#
            let answer = try await console.call("PUT", "/api/endpoints/\(id)/script", wrong)
            #expect(answer.status == 422)
            #expect(answer.json.at("/diagnostics/0/line")?.intValue == 3)
        }
    }

    @Test func `a wrong script is told with its place, and the old one stays`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "503"}"#)
            let answer = try await console.call("PUT", "/api/endpoints/\(id)/script", #"{"script": "500, 5o0, 200"}"#)
            #expect(answer.status == 422)
            #expect(answer.json.at("/diagnostics/0/line")?.intValue == 1)
            #expect(answer.json.at("/diagnostics/0/column")?.intValue == 6)
            #expect(answer.json["error"]?.stringValue?.contains("5o0") == true)
            #expect(try await console.send("POST", url).status == 503)
            // A fault that this endpoint cannot produce is refused too.
            let needsTLS = try await console.call("PUT", "/api/endpoints/\(id)/script", #"{"script": "expired, 200"}"#)
            #expect(needsTLS.status == 422)
            #expect(needsTLS.json["error"]?.stringValue?.contains("TLS") == true)
        }
    }

    @Test func `an endpoint with TLS is trusted by way of the authority`() async throws {
        try await withConsole { console in
            let (_, url) = try await console.open(#"{"script": "200", "tls": true}"#)
            let pem = try await console.call("GET", "/api/ca.pem").text
            try await withTemporaryFolder { folder in
                try folder.write(pem, to: "ca.pem")
                var request = TransferRequest(method: "GET", url: url, totalLimit: .seconds(20))
                request.trustStore = folder.appending(path: "ca.pem").path
                #expect(try await console.transport.send(request).status == 200)
            }
        }
    }

    @Test func `there is a limit to their number`() async throws {
        try await withConsole(endpoints: EndpointSettings(most: 2)) { console in
            let first = try await console.open("{}")
            _ = try await console.open("{}")
            let refused = try await console.call("POST", "/api/endpoints", "{}")
            #expect(refused.status == 429)
            #expect(refused.json["error"]?.stringValue?.contains("limit") == true)
            _ = try await console.call("DELETE", "/api/endpoints/\(first.id)")
            _ = try await console.open("{}")
        }
    }

    @Test(arguments: [
        (#"{"scrip": "200"}"#, "scrip"), (#"{"script": 200}"#, "script"), (#"[]"#, "object"), ("{", "JSON"),
        (#"{"script": "200", "yaml": "x"}"#, "exclude"), (#"{"path": "no slash"}"#, "path"),
        (#"{"port": 70000}"#, "port"), (#"{"key": {"header": "a b"}}"#, "key.header"),
        (#"{"key": {"body": ["id"]}}"#, "key.body"), (#"{"evidence": true}"#, "evidence"),
    ])
    func `what cannot be used is refused by name`(_ body: String, _ named: String) async throws {
        try await withConsole { console in
            let answer = try await console.call("POST", "/api/endpoints", body)
            #expect([400, 422].contains(answer.status))
            #expect(answer.json["error"]?.stringValue?.contains(named) == true)
            #expect(try await console.call("GET", "/api/endpoints").json["endpoints"]?.items?.isEmpty == true)
        }
    }

    @Test func `deliveries are told apart by the key that is asked for`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500, 200", "key": {"body": ["/event/id"]}}"#)
            for (event, status) in [("a", 500), ("b", 500), ("a", 200)] {
                #expect(
                    try await console.send("POST", url, Array(#"{"event":{"id":"\#(event)"}}"#.utf8)).status == status
                )
            }
            let third = try await console.call("GET", "/api/endpoints/\(id)/requests/3").json
            #expect(third["delivery"]?.stringValue == "a")
            #expect(third["delivery_attempt"]?.intValue == 2)
        }
    }

    @Test func `a port that is taken is told`() async throws {
        try await withConsole { console in
            let answer = try await console.call("POST", "/api/endpoints", #"{"port": \#(console.port)}"#)
            #expect(answer.status == 409)
            #expect(answer.json["error"]?.stringValue?.contains("listen") == true)
        }
    }
}
