import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A redirect` {
    private static func redirect(_ status: Int, to location: String) -> RawStep {
        .send("HTTP/1.1 \(status) Moved\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func `is the response unless following is asked for`() async throws {
        try await withServer({ _ in [Self.redirect(302, to: "/there")] }) { server, transport in
            let response = try await transport.send(.post(server.url("/here")))
            #expect(response.status == 302)
            #expect(response.headers.first(named: "location") == "/there")
            #expect(response.redirectCount == 0)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `is followed when asked for, with the body again on 307`() async throws {
        try await withServer({ $0.path == "/here" ? [Self.redirect(307, to: "/there")] : [.ok] }) { server, transport in
            let request = TransferRequest.post(server.url("/here")).with { $0.followsRedirects = 1 }
            let response = try await transport.send(request)
            #expect(response.status == 200)
            #expect(response.headers == [HeaderField("Content-Length", "2")])
            #expect(response.redirectCount == 1)
            #expect(server.requests.map(\.path) == ["/here", "/there"])
            #expect(server.requests.map(\.body) == [request.body, request.body])
        }
    }

    @Test func `does not take Authorization to another origin`() async throws {
        try await withServer({ _ in [.ok] }) { other, _ in
            let elsewhere = Self.redirect(307, to: other.url("/other"))
            let within = Self.redirect(307, to: "/b")
            try await withServer({ $0.path == "/a" ? [within] : [elsewhere] }) { first, transport in
                var request = TransferRequest.post(first.url("/a"))
                request.followsRedirects = 5
                request.headers = [HeaderField("Authorization", "Basic c2VjcmV0"), HeaderField("X-Kept", "1")]
                let response = try await transport.send(request)
                #expect(response.redirectCount == 2)
                #expect(first.requests.map { $0.head.contains("Authorization: Basic") } == [true, true])
                let head = try #require(other.requests.first?.head)
                #expect(!head.lowercased().contains("authorization"))
                #expect(head.contains("X-Kept: 1\r\n"))
            }
        }
    }

    @Test func `too many fails`() async throws {
        try await withServer({ _ in [Self.redirect(307, to: "/again")] }) { server, transport in
            let request = TransferRequest.post(server.url()).with { $0.followsRedirects = 2 }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .tooManyRedirects)
            #expect(server.requests.count == 3)
        }
    }

    @Test(arguments: ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://user:word@127.0.0.1/"])
    func `is not followed to`(_ location: String) async throws {
        try await withServer({ _ in [Self.redirect(307, to: location)] }) { server, transport in
            let request = TransferRequest.post(server.url()).with { $0.followsRedirects = 2 }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .protocolViolation, "\(error)")
            #expect(server.requests.count == 1)
        }
    }
}
