import CurlTransport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A transport's life` {
    @Test func `holds fifty transfers at once`() async throws {
        try await withServer({ _ in [.pause(milliseconds: 200), .ok] }) { server, transport in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<50 {
                    group.addTask { try await transport.send(.post(server.url("/\(number)"))).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [Int](repeating: 200, count: 50))
            #expect(Set(server.requests.map(\.path)) == Set((0..<50).map { "/\($0)" }))
            #expect(server.requests.count == 50)
        }
    }

    @Test func `drops a transfer whose task is cancelled, and its connection, and no other`() async throws {
        let replies: @Sendable (RawRequest) -> [RawStep] = { $0.path == "/hang" ? [.hang] : [.ok] }
        try await withServer(replies) { server, transport in
            let kinds = try await withThrowingTaskGroup(of: TransferError.Kind?.self) { group in
                group.addTask { await kind(of: .post(server.url("/hang")), on: transport) }
                try await eventually { server.requests.count == 1 }
                group.cancelAll()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds == [.cancelled])
            // The server's side of a hanging connection ends when the client has closed it.
            try await eventually { server.openConnectionCount == 0 }
            #expect(try await transport.send(.get(server.url("/after"))).status == 200)
        }
    }

    @Test func `sends nothing for a task that is cancelled already`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let outcome = Task {
                while !Task.isCancelled { await Task.yield() }
                return await kind(of: .post(server.url("/never")), on: transport)
            }
            outcome.cancel()
            #expect(await outcome.value == .cancelled)
            _ = try await transport.send(.get(server.url("/after")))
            #expect(server.requests.map(\.path) == ["/after"])
        }
    }

    @Test func `ends with every transfer in flight failed`() async throws {
        try await withServer({ _ in [.hang] }) { server, transport in
            let kinds = try await withThrowingTaskGroup(of: TransferError.Kind?.self) { group in
                for _ in 0..<10 { group.addTask { await kind(of: .post(server.url()), on: transport) } }
                try await eventually { server.requests.count == 10 }
                await transport.shutDown()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds == [TransferError.Kind?](repeating: .shutDown, count: 10))
        }
    }

    @Test func `refuses calls after its end, and can be ended twice`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            await transport.shutDown()
            let error = try await failure(of: .get(server.url()), on: transport)
            #expect(error.kind == .shutDown)
            await transport.shutDown()
            #expect(server.connectionCount == 0)
        }
    }

    @Test(arguments: 0..<20)
    func `answers every call that races with its end`(_ round: Int) async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            let kinds = await withTaskGroup(of: TransferError.Kind?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        if number == round % 8 { await transport.shutDown() }
                        return await kind(of: .get(server.url()), on: transport)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds.count == 8)
            #expect(kinds.allSatisfy { $0 == nil || $0 == .shutDown })
            #expect(kinds.contains(.shutDown))
        }
    }

    @Test func `keeps its connections from the programs that this process starts`() async throws {
        try await withServer({ _ in [.hang] }) { server, transport in
            let isInherited = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = await kind(of: .post(server.url()), on: transport) }
                try await eventually { server.requests.count == 1 }
                let port = server.requests.first?.clientPort
                let socket = try #require((3..<4096).first { (try? localPort(of: $0)) == port })
                group.cancelAll()
                return fcntl(socket, F_GETFD) & FD_CLOEXEC == 0
            }
            #expect(!isInherited)
        }
    }

    @Test func `ends its thread when it is dropped`() async {
        // In a process of its own, because only there are the threads that come and go those of this test.
        await #expect(processExitsWith: .success) {
            var transports = try (0..<40).map { _ in try CurlTransport() }
            for transport in transports {
                _ = try await failure(of: .get("http://127.0.0.1:1/"), on: transport)
            }
            try #require(threadCount() >= 40)
            transports.removeAll()
            try await eventually { threadCount() < 20 }
        }
    }
}

/// How many threads this process has.
private func threadCount() -> Int {
    guard let folder = opendir("/proc/self/task") else { return 0 }
    defer { closedir(folder) }
    var entries = 0
    while readdir(folder) != nil { entries += 1 }
    return entries - 2
}

/// How the request failed; nil when it did not.
private func kind(of request: TransferRequest, on transport: CurlTransport) async -> TransferError.Kind? {
    do {
        _ = try await transport.send(request)
        return nil
    } catch {
        return (error as? TransferError)?.kind ?? .other(code: -1)
    }
}
