import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(20))) struct `What goes on the wire` {
    @Test func `is exactly the headers given, in their order and case, between Host and Content-Length`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            var request = TransferRequest.post(server.url("/a/../b?c=%20d"), Array("{\"n\":1}".utf8))
            request.headers = [
                HeaderField("webhook-ID", "msg_1"),
                HeaderField("X-Empty", ""),
                HeaderField("x-twice", "one"),
                HeaderField("Content-Type", "application/json"),
                HeaderField("X-Twice", "two"),
                HeaderField("X-Text", "a;b: \u{e9}"),
            ]
            let response = try await transport.send(request)
            #expect(response.status == 200)
            let head = try #require(server.requests.first?.head)
            let lines = [
                "POST /a/../b?c=%20d HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "webhook-ID: msg_1", "X-Empty:",
                "x-twice: one", "Content-Type: application/json", "X-Twice: two", "X-Text: a;b: \u{e9}",
                "Content-Length: 7", "", "",
            ]
            #expect(head == lines.joined(separator: "\r\n"))
        }
    }

    @Test func `has no header of libcurl's own in a bare GET`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            _ = try await transport.send(.get(server.url("/x")))
            #expect(server.requests.map(\.head) == ["GET /x HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n"])
        }
    }

    @Test func `keeps every byte of a binary body`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let body = [0] + Array(UInt8.min...UInt8.max) + Array("\r\n\0tail".utf8)
            _ = try await transport.send(.post(server.url(), body))
            #expect(server.requests.first?.body == body)
        }
    }

    @Test func `asks for no 100 Continue before a body of 2 MiB`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let body = [UInt8](repeating: 0x61, count: 2 * 1024 * 1024)
            _ = try await transport.send(.post(server.url(), body))
            let request = try #require(server.requests.first)
            #expect(!request.head.lowercased().contains("expect"))
            #expect(request.body.count == body.count)
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func `announces an empty body for`(_ method: String) async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            _ = try await transport.send(TransferRequest(method: method, url: server.url()))
            let head = try #require(server.requests.first?.head)
            #expect(head.hasPrefix("\(method) / HTTP/1.1\r\n"))
            #expect(head.hasSuffix("\r\nContent-Length: 0\r\n\r\n"))
        }
    }

    @Test(arguments: ["DELETE", "OPTIONS", "PURGE"])
    func `has no body and no length for`(_ method: String) async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            _ = try await transport.send(TransferRequest(method: method, url: server.url()))
            let head = try #require(server.requests.first?.head)
            #expect(head == "\(method) / HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n")
        }
    }

    @Test func `does not wait for a body in the answer to HEAD`() async throws {
        try await withServer({ _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")] }) { server, transport in
            let response = try await transport.send(TransferRequest(method: "HEAD", url: server.url()))
            #expect(response.bodyLength == 0)
            #expect(response.headers == [HeaderField("Content-Length", "5")])
        }
    }

    @Test func `is one connection for each request unless reuse is asked for`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            for _ in 0..<3 { _ = try await transport.send(.get(server.url())) }
            #expect(server.connectionCount == 3)
            let reusing = TransferRequest.get(server.url()).with { $0.reusesConnections = true }
            for _ in 0..<3 { _ = try await transport.send(reusing) }
            #expect(server.connectionCount == 4)
        }
    }
}
