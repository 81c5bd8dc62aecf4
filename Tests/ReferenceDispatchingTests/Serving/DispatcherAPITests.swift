import CurlTransport
import FoundationEssentials
import Logging
import NIOCore
import Notation
import ReferenceDispatching
import ServiceLifecycle
import Testing
import WebhookContracts

@Suite(.timeLimit(.minutes(20))) struct `HTTP API` {
    /// Calls an API that is served for the test.
    private struct Client: Sendable {
        let transport: CurlTransport
        let base: String

        func call(_ method: String, _ path: String, _ body: String = "") async throws -> (status: Int, body: String) {
            let headers = body.isEmpty ? [] : [HeaderField("Content-Type", "application/json")]
            var request = TransferRequest(
                method: method,
                url: base + path,
                headers: headers,
                body: Array(body.utf8),
                totalLimit: .seconds(600)
            )
            request.responseBodyCap = 16 * 1024 * 1024
            let response = try await transport.send(request)
            return (response.status, String(decoding: response.body, as: UTF8.self))
        }
    }

    private func serve(_ slug: String, _ work: @escaping @Sendable (Client) async throws -> Void) async throws {
        let policy = try ShippedContract.policy(slug)
        try await withTemporaryFolder { folder in
            let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let dispatcher = Dispatcher(
                store: try DeliveryStore(path: folder.appending(path: "store.db").path),
                policy: policy,
                addresses: AddressRules(),
                nudge: Nudge(),
                logger: quiet
            )
            let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
            let server = try DispatcherAPI(dispatcher).server(port: 0, logger: quiet) { portFound.yield($0) }
            let transport = try CurlTransport()
            try await withThrowingTaskGroup { group in
                group.addTask { try await server.run() }
                var port = ports.makeAsyncIterator()
                try await work(Client(transport: transport, base: "http://127.0.0.1:\(await port.next() ?? 0)"))
                group.cancelAll()
            }
            await transport.shutDown()
        }
    }

    @Test func `registers, accepts, logs and counts`() async throws {
        try await serve("siteservicesnow") { client in
            #expect(try await client.call("GET", "/health").status == 200)
            let registered = try await client.call("POST", "/endpoints", #"{"id":"e","url":"https://example.com/"}"#)
            #expect(registered.status == 201)
            #expect(registered.body == #"{"id":"e","state":"active"}"#)
            let payload = #"{"id":"","type":"","occurredAt":"2026-01-01T00:00:00Z","resourceId":"v","data":{}}"#
            for state in ["accepted", "duplicate"] {
                let body = #"{"type":"ticket.created","payload":\#(payload)}"#
                let event = try await client.call("POST", "/events", body)
                #expect(event.status == 202)
                #expect(try JSONValue.parse(event.body.utf8)["state"] == .string(state))
            }
            let log = try JSONValue.parse(try await client.call("GET", "/deliveries").body.utf8)
            let deliveries = try #require(log["deliveries"]?.items)
            #expect(deliveries.count == 1)
            #expect(deliveries.first?["state"] == .string("pending"))
            #expect(deliveries.first?["event_type"] == .string("ticket.created"))
            let metrics = try await client.call("GET", "/metrics").body
            #expect(metrics.contains(#"dispatcher_deliveries{state="pending"} 1"#))
        }
    }

    @Test func `streams a log of several pages as one list`() async throws {
        try await serve("siteservicesnow") { client in
            _ = try await client.call("POST", "/endpoints", #"{"id":"e","url":"https://example.com/"}"#)
            for _ in 0..<120 {
                _ = try await client.call("POST", "/events", #"{"type":"job.scheduled","payload":{"data":{}}}"#)
            }
            let log = try JSONValue.parse(try await client.call("GET", "/deliveries").body.utf8)
            let ids = try #require(log["deliveries"]?.items).compactMap { $0["id"]?.stringValue }
            #expect(ids.count == 120)
            #expect(Set(ids).count == 120)
        }
    }

    @Test func `refuses a registration that is too large or names a header twice`() async throws {
        try await serve("siteservicesnow") { client in
            let many = (0...50).map { #""X-\#($0)":"1""# }.joined(separator: ",")
            let path = String(repeating: "a", count: 64 * 1024)
            for (headers, path, status) in [(#""X-A":"1","x-a":"2""#, "", 422), (many, "", 422), ("", path, 413)] {
                let body = #"{"id":"e","url":"https://example.com/\#(path)","headers":{\#(headers)}}"#
                let answer = try await client.call("POST", "/endpoints", body)
                #expect(answer.status == status)
            }
        }
    }

    @Test func `survives a payload that is nested as deep as it may be, and refuses a deeper one`() async throws {
        try await serve("siteservicesnow") { client in
            _ = try await client.call("POST", "/endpoints", #"{"id":"e","url":"https://example.com/"}"#)
            for (depth, status) in [(JSONValue.deepest - 2, 202), (100_000, 400)] {
                let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                let body = #"{"type":"job.scheduled","payload":{"data":{},"deep":\#(deep)}}"#
                let answer = try await client.call("POST", "/events", body)
                #expect(answer.status == status)
            }
        }
    }

    @Test func `never shows a secret`() async throws {
        try await serve("oneclickcontractor") { client in
            let body = #"""
                {"id":"e","url":"https://example.com/","events":["job.created"],"secret":"whsec_aHVudGVyMg==",
                "basic":{"user":"user","password":"hunter2"}}
                """#
            let registered = try await client.call("POST", "/endpoints", body)
            #expect(registered.body == #"{"id":"e","state":"deactivated"}"#)
            let shown = try await client.call("GET", "/endpoints/e").body
            #expect(shown.contains(#""has_secret":true"#))
            #expect(shown.contains(#""has_credentials":true"#))
            #expect(!shown.contains("hunter2"))
            #expect(!shown.contains("aHVudGVyMg"))
        }
    }

    @Test(
        arguments: [
            ("POST", "/endpoints", "nonsense", 400),
            ("POST", "/endpoints", #"{"id":"e","url":"http://example.com/"}"#, 422),
            ("POST", "/endpoints", #"{"id":"e","url":"https://10.0.0.1/"}"#, 422),
            ("POST", "/events", #"{"type":"job.eaten","payload":{}}"#, 422),
            ("POST", "/events", #"{"type":"job.created","payload":{},"closed_gates":["api-enabled"]}"#, 422),
            ("POST", "/endpoints/none/enable", "", 404),
            ("POST", "/endpoints/none/disable", "", 404),
            ("DELETE", "/endpoints/none", "", 404),
            ("GET", "/endpoints/none", "", 404),
            ("POST", "/deliveries/none/redeliver", "", 404),
        ]
    )
    func `refuses with a reason`(_ method: String, _ path: String, _ body: String, _ status: Int) async throws {
        try await serve("contentspal") { client in
            let answer = try await client.call(method, path, body)
            #expect(answer.status == status)
            let reason = try JSONValue.parse(answer.body.utf8)["error"]?.stringValue
            #expect(try #require(reason).isEmpty == false)
        }
    }
}
