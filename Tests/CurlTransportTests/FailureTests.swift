import CurlTransport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A transfer that fails` {
    /// A limit that is to run out, long enough for a busy host to connect and to take what comes before.
    private static let limit = Duration.seconds(5)

    @Test(arguments: [
        Fault("reset before a byte", [.reset], .connectionReset),
        Fault("closed before a byte", [.close], .emptyReply),
        Fault(
            "closed inside the body",
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), .close],
            .partialBody
        ),
        Fault(
            "closed inside a chunked body",
            [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"), .close],
            .partialBody
        ),
        Fault("garbage in place of a status line", [.send("not HTTP at all\r\n\r\n"), .close], .protocolViolation),
        Fault("a status line without a status", [.send("HTTP/1.1 abc\r\n\r\n"), .close], .protocolViolation),
        Fault(
            "a malformed chunk size",
            [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .hang],
            .protocolViolation
        ),
        Fault(
            "a header without end",
            [.send("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 400_000)), .hang],
            .protocolViolation
        ),
        Fault(
            "400 kB of headers",
            [.send("HTTP/1.1 200 OK\r\n" + String(repeating: "X: yyyyyyyyyyyyyy\r\n", count: 20_000)), .hang],
            .protocolViolation
        ),
    ])
    func `is classified and sent exactly once`(_ fault: Fault) async throws {
        try await withServer({ _ in fault.steps }) { server, transport in
            let error = try await failure(of: .post(server.url()), on: transport)
            #expect(error.kind == fault.kind, "\(error)")
            #expect(error.curlCode != nil)
            #expect(error.connection?.localPort == server.requests.first?.clientPort)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `is not sent again after a reset that follows a good answer`() async throws {
        try await withServer({ $0.path == "/ok" ? [.ok] : [.reset] }) { server, transport in
            _ = try await transport.send(.post(server.url("/ok")))
            let error = try await failure(of: .post(server.url("/reset")), on: transport)
            #expect(error.kind == .connectionReset)
            #expect(server.requests.map(\.path) == ["/ok", "/reset"])
        }
    }

    @Test func `carries the head that had already come`() async throws {
        let steps: [RawStep] = [.send("HTTP/1.1 202 Accepted\r\nX-Id: 7\r\nContent-Length: 9\r\n\r\nhalf"), .close]
        try await withServer({ _ in steps }) { server, transport in
            let error = try await failure(of: .post(server.url()), on: transport)
            #expect(error.head?.status == 202)
            #expect(error.head?.headers.first == HeaderField("X-Id", "7"))
            #expect(error.timings?.firstByte != nil)
        }
    }

    @Test func `has run out of its total limit when the server never answers`() async throws {
        try await withServer({ _ in [.hang] }) { server, transport in
            var request = TransferRequest.post(server.url())
            request.totalLimit = Self.limit
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .totalTimeout)
            #expect(error.head == nil)
            let total = try #require(error.timings?.total)
            #expect(total >= Self.limit)
        }
    }

    @Test func `has run out of its total limit when the answer drips, whatever has come`() async throws {
        let drip = [RawStep](repeating: .send("x"), count: 4000).flatMap { [$0, .pause(milliseconds: 50)] }
        let steps = [RawStep.send("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")] + drip
        try await withServer({ _ in steps }) { server, transport in
            let request = TransferRequest.post(server.url()).with { $0.totalLimit = Self.limit }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .totalTimeout)
            #expect(error.head?.status == 200)
        }
    }

    @Test func `has an interim response only, which is no answer`() async throws {
        try await withServer({ _ in [.send("HTTP/1.1 100 Continue\r\n\r\n"), .hang] }) { server, transport in
            let request = TransferRequest.post(server.url()).with { $0.totalLimit = Self.limit }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .totalTimeout)
            #expect(error.head == nil)
        }
    }

    @Test func `was refused by a port where nothing listens`() async throws {
        let bound = try boundSocket()
        defer { close(bound) }
        let port = try localPort(of: bound)
        try await withTransport { transport in
            let error = try await failure(of: .post("http://127.0.0.1:\(port)/"), on: transport)
            #expect(error.kind == .connectionRefused)
            #expect(error.curlCode == 7)
        }
    }

    @Test(arguments: [true, false])
    func `could not connect in time`(_ connectLimitIsGiven: Bool) async throws {
        // A full queue of connections that nobody accepts: Linux lets every further one wait.
        let listener = try listeningSocket(backlog: 0)
        let port = try localPort(of: listener)
        let fillers = try (0..<2).map { _ in try connectingSocket(to: port) }
        defer { for socket in fillers + [listener] { close(socket) } }
        try await withTransport { transport in
            var request = TransferRequest.post("http://127.0.0.1:\(port)/")
            request.connectLimit = connectLimitIsGiven ? .milliseconds(200) : nil
            request.totalLimit = connectLimitIsGiven ? .seconds(600) : .milliseconds(200)
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .connectTimeout, "\(error)")
            #expect(error.timings?.connect == nil)
        }
    }

    @Test(arguments: [true, false])
    func `got no answer to its TLS greeting`(_ connectLimitIsGiven: Bool) async throws {
        // The kernel accepts the connection, and nobody ever reads from it.
        let listener = try listeningSocket(backlog: 8)
        defer { close(listener) }
        let port = try localPort(of: listener)
        try await withTransport { transport in
            var request = TransferRequest.post("https://127.0.0.1:\(port)/")
            request.connectLimit = connectLimitIsGiven ? .milliseconds(200) : nil
            request.totalLimit = connectLimitIsGiven ? .seconds(600) : .milliseconds(200)
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .connectTimeout, "\(error)")
            #expect(error.timings?.tls == nil)
        }
    }

    @Test func `has a trust store that cannot be read`() async throws {
        let listener = try listeningSocket(backlog: 8)
        defer { close(listener) }
        let port = try localPort(of: listener)
        try await withTransport { transport in
            let request = TransferRequest.post("https://127.0.0.1:\(port)/").with { $0.trustStore = "/nowhere.pem" }
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .tls(.trustStore), "\(error)")
        }
    }

    @Test func `speaks TLS to a server that does not`() async throws {
        let listener = try listeningSocket(backlog: 8)
        let thread = try #require(
            startThread {
                let connection = accept(listener, nil, nil)
                _ = sendAll(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), to: connection)
                close(connection)
            }
        )
        let port = try localPort(of: listener)
        try await withTransport { transport in
            let error = try await failure(of: .post("https://127.0.0.1:\(port)/"), on: transport)
            #expect(error.kind == .tls(.handshake), "\(error)")
        }
        shutdown(listener, Int32(SHUT_RDWR))
        pthread_join(thread, nil)
        close(listener)
    }
}

/// What a server does instead of answering, and what that is called.
struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var steps: [RawStep]
    var kind: TransferError.Kind

    init(_ name: String, _ steps: [RawStep], _ kind: TransferError.Kind) {
        testDescription = name
        self.steps = steps
        self.kind = kind
    }
}
