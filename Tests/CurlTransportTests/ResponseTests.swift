import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A response` {
    @Test func `has its own headers in order and case, without those of interim responses`() async throws {
        let bytes = """
            HTTP/1.1 103 Early Hints\r
            Link: </a>\r
            \r
            HTTP/1.1 429 Slow Down Please\r
            retry-After:  120 \r
            X-Two: 1\r
            x-two: 2\r
            X-Empty:\r
            Content-Length: 5\r
            \r
            later
            """
        try await withServer({ _ in [.send(bytes)] }) { server, transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.status == 429)
            #expect(response.head.reason == "Slow Down Please")
            #expect(
                response.headers == [
                    HeaderField("retry-After", "120"), HeaderField("X-Two", "1"), HeaderField("x-two", "2"),
                    HeaderField("X-Empty", ""), HeaderField("Content-Length", "5"),
                ]
            )
            #expect(response.headers.values(named: "X-TWO") == ["1", "2"])
            #expect(response.body == Array("later".utf8))
        }
    }

    @Test func `leaves trailers out of the headers`() async throws {
        let bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"
        try await withServer({ _ in [.send(bytes)] }) { server, transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.headers == [HeaderField("Transfer-Encoding", "chunked")])
            #expect(response.body == Array("ok".utf8))
        }
    }

    @Test func `names both ends of its connection and the moments of its phases`() async throws {
        try await withServer({ _ in [.pause(milliseconds: 100), .ok] }) { server, transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.localPort == server.requests.first?.clientPort)
            #expect(response.remoteAddress == "127.0.0.1")
            #expect(response.connection.remotePort == server.port)
            let connect = try #require(response.timings.connect)
            let firstByte = try #require(response.timings.firstByte)
            #expect(connect < firstByte)
            #expect(firstByte >= .milliseconds(90))
            #expect(firstByte <= response.timings.total)
            #expect(response.timings.tls == nil)
        }
    }

    @Test func `keeps the body up to the cap and counts the rest`() async throws {
        let body = [UInt8](repeating: 0x62, count: 300_000)
        let head = RawStep.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n")
        try await withServer({ _ in [head, .send(body)] }) { server, transport in
            let response = try await transport.send(.get(server.url()).with { $0.responseBodyCap = 1000 })
            #expect(response.body.count == 1000)
            #expect(response.bodyLength == 300_000)
            let uncapped = try await transport.send(.get(server.url()))
            #expect(uncapped.body.count == 64 * 1024)
            let limited = TransferRequest.get(server.url()).with { $0.responseBodyLimit = 100_000 }
            let error = try await failure(of: limited, on: transport)
            #expect(error.kind == .bodyTooLarge)
            #expect(error.head?.status == 200)
            #expect(error.message.contains("100000"))
        }
    }

    @Test func `may be as long as its limit`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let response = try await transport.send(.get(server.url()).with { $0.responseBodyLimit = 2 })
            #expect(response.bodyLength == 2)
            let error = try await failure(of: .get(server.url()).with { $0.responseBodyLimit = 1 }, on: transport)
            #expect(error.kind == .bodyTooLarge)
        }
    }

    @Test func `is read as Latin-1 where it is not UTF-8`() async throws {
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ".utf8) + [0xE9, 13, 10, 13, 10]
        try await withServer({ _ in [.send(head)] }) { server, transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.headers.first(named: "x") == "\u{e9}")
        }
    }
}
