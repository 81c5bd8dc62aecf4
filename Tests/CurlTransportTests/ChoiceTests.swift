import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(20))) struct `What a request may ask of libcurl` {
    @Test func `is a packed body unpacked, and no packing unless asked`() async throws {
        // 300 times the digit 0.
        let packed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0x30, 0x18, 0x05, 0xC4, 0x02,
            0x00, 0xED, 0x30, 0x18, 0x9E, 0x2C, 0x01, 0x00, 0x00,
        ]
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        try await withServer({ _ in [.send(Array(head.utf8) + packed)] }) { server, transport in
            let unpacked = try await transport.send(.get(server.url()).with { $0.unpacksBody = true })
            #expect(unpacked.body == [UInt8](repeating: UInt8(ascii: "0"), count: 300) && unpacked.bodyLength == 300)
            #expect(server.requests.first?.head.lowercased().contains("\r\naccept-encoding: ") == true)
            let asItIs = try await transport.send(.get(server.url()))
            #expect(asItIs.body == packed)
            #expect(server.requests.last?.head.lowercased().contains("accept-encoding") == false)
        }
    }

    @Test(.enabled(if: CurlTransport.speaksHTTP2, "this libcurl was built without HTTP/2"))
    func `is HTTP/2 without asking the server`() async throws {
        try await withServer({ _ in [.close] }) { server, transport in
            let request = TransferRequest.get(server.url()).with { $0.version = .http2WithoutAsking }
            _ = try await failure(of: request, on: transport)
            #expect(server.requests.first?.head == "PRI * HTTP/2.0\r\n\r\n")
        }
    }

    @Test func `is HTTP/1.1 without TLS, when HTTP/2 is only offered`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            _ = try await transport.send(.get(server.url()).with { $0.version = .http2 })
            #expect(server.requests.first?.head.hasPrefix("GET / HTTP/1.1\r\n") == true)
        }
    }
}
