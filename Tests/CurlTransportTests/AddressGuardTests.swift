import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(20))) struct `The address guard` {
    @Test func `refuses before there is a connection`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let asked = Guarded<[String]>([])
            let request = TransferRequest.post(server.url()).with {
                $0.allowsAddress = { address, port in
                    asked.withLock { $0.append("\(address) \(port)") }
                    return false
                }
            }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .addressRefused)
            #expect(error.message.contains("127.0.0.1"))
            #expect(asked.withLock { $0 } == ["127.0.0.1 \(server.port)"])
            // A second, allowed request proves that the server was there to be reached.
            _ = try await transport.send(.get(server.url("/allowed")))
            #expect(server.requests.map(\.path) == ["/allowed"])
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `sees the address behind a name`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let request = TransferRequest.get("http://localhost:\(server.port)/").with {
                $0.allowsAddress = { address, _ in address == "192.0.2.1" }
            }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .addressRefused)
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `holds for a kept connection that was opened without it`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let open = TransferRequest.get(server.url("/open")).with { $0.reusesConnections = true }
            _ = try await transport.send(open)
            let guarded = TransferRequest.get(server.url("/guarded")).with {
                $0.reusesConnections = true
                $0.allowsAddress = { _, _ in false }
            }
            let error = try await failure(of: guarded, on: transport)
            #expect(error.kind == .addressRefused)
            #expect(server.requests.map(\.path) == ["/open"])
        }
    }

    @Test func `holds for where a redirect leads`() async throws {
        try await withServer({ _ in [.ok] }) { inner, _ in
            let location = inner.url()
            let reply = RawStep.send("HTTP/1.1 307 Moved\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
            try await withServer({ _ in [reply] }) { outer, transport in
                let port = outer.port
                let request = TransferRequest.post(outer.url()).with {
                    $0.followsRedirects = 1
                    $0.allowsAddress = { $1 == port }
                }
                let error = try await failure(of: request, on: transport)
                #expect(error.kind == .addressRefused)
                #expect(outer.requests.count == 1)
                #expect(inner.connectionCount == 0)
            }
        }
    }
}
