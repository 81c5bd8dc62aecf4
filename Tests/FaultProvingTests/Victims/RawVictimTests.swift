import FaultProving
import Glibc
import Testing

@Suite struct `Raw victim` {
    /// A small host lets some of the tests wait for many seconds until they get a turn.
    private static let patience = Duration.seconds(300)

    /// Lets a victim meet what `server` does with its one connection.
    private func exchange(
        _ move: VictimMove,
        window: Int32? = nil,
        isEnough: @escaping @Sendable ([UInt8]) -> Bool = { _ in false },
        server: @Sendable @escaping (TinyConnection) async throws -> Void
    ) async throws -> WireSight {
        let tiny = try TinyServer(window: window)
        let victim = RawVictim(port: tiny.port, authority: "")
        var move = move
        move.patience = Self.patience
        async let sight = victim.exchange(move, isEnough: isEnough)
        try await server(try await tiny.accept())
        return await sight
    }

    private let request = VictimMove(parts: [Array("hello".utf8)])

    @Test func `sees FIN and the bytes before it`() async throws {
        let sight = try await exchange(request) { connection in
            _ = try await connection.read(5)
            connection.send("seventeen bytes..")
            connection.close()
        }
        #expect(sight.connecting == .stood && sight.end == .fin)
        #expect(sight.bytes == Array("seventeen bytes..".utf8))
        #expect(sight.sent == 5 && sight.localPort != nil)
    }

    @Test func `sees RST and the bytes before it`() async throws {
        let sight = try await exchange(request) { connection in
            _ = try await connection.read(5)
            connection.send("seventeen bytes..")
            connection.reset()
        }
        #expect(sight.end == .reset)
        #expect(sight.bytes.count == 17)
    }

    @Test func `sees RST of a server that never reads`() async throws {
        let sight = try await exchange(VictimMove()) { $0.reset() }
        #expect(sight.connecting == .stood && sight.end == .reset && sight.bytes.isEmpty)
    }

    @Test func `sees a connection that stays open, and bytes that are too many`() async throws {
        let sight = try await exchange(VictimMove(), isEnough: { $0.count >= 2 }) { connection in
            connection.send("ab")
            connection.send("c")
            // Until the victim leaves.
            _ = try await connection.read(1)
            connection.close()
        }
        #expect(sight.end == .open && sight.endedAt == nil)
        #expect(sight.bytes == Array("abc".utf8))
    }

    @Test func `sees a reaction before the request is complete`() async throws {
        let move = VictimMove(parts: [Array("first".utf8), Array("second".utf8)], listening: Self.patience)
        let sight = try await exchange(move) { connection in
            _ = try await connection.read(5)
            connection.close()
        }
        #expect(sight.reactedBeforePart == 1 && sight.sent == 5)
    }

    @Test func `takes what is no reaction for none`() async throws {
        let move = VictimMove(parts: [Array("first".utf8), Array("second".utf8)], patience: Self.patience)
        let tiny = try TinyServer()
        let victim = RawVictim(port: tiny.port, authority: "")
        async let sight = victim.exchange(move, isReaction: { $0.count > 8 }, isEnough: { _ in false })
        let connection = try await tiny.accept()
        connection.send("greeting")
        _ = try await connection.read(11)
        connection.close()
        #expect(await sight.reactedBeforePart == nil)
        #expect(await sight.bytes.count == 8)
    }

    @Test func `sends the rest after an early answer`() async throws {
        let move = VictimMove(
            parts: [Array("first".utf8), Array("second".utf8)],
            waitsForAnswer: true,
            silence: Self.patience
        )
        let sight = try await exchange(move, isEnough: { $0.count == 5 }) { connection in
            _ = try await connection.read(5)
            connection.send("early")
            let rest = try await connection.read(6)
            #expect(rest == 6)
            connection.close()
        }
        #expect(sight.reactedBeforePart == 1 && sight.sent == 11 && sight.end == .fin)
    }

    @Test func `tells a half-closed connection from a closed one`() async throws {
        let move = VictimMove(lateWords: Array("still talking".utf8))
        let halfClosed = try await exchange(move) { connection in
            connection.shutDown()
            let late = try await connection.read(26)
            #expect(late == 26)
            connection.close()
        }
        #expect(halfClosed.end == .fin && halfClosed.readsAfterFIN == true)
        let closed = try await exchange(move) { $0.close() }
        #expect(closed.end == .fin && closed.readsAfterFIN == false)
    }

    @Test func `sees that it is held up by a server that reads slowly`() async throws {
        let move = VictimMove(parts: [[UInt8](repeating: 0x61, count: 200_000)], sendBuffer: 8192)
        let sight = try await exchange(move, window: 4096) { connection in
            // From its first byte on the victim is under way; the rest gives it more than one turn on a small host.
            _ = try await connection.read(1)
            try await Task.sleep(for: .seconds(20))
            _ = try await connection.read(199_999)
            connection.close()
        }
        #expect(sight.wasHeldUp && sight.sent == 200_000)
    }

    @Test func `sees a refused connection`() async throws {
        let port = try { () throws -> Int in try TinyServer().port }()
        let sight = await RawVictim(port: port, authority: "").exchange(VictimMove()) { _ in true }
        #expect(sight == WireSight(connecting: .refused))
    }

    @Test func `sees that nobody answers its SYN`() async throws {
        let tiny = try TinyServer(backlog: 0)
        let fillers = try await fill(tiny.port)
        defer { for filler in fillers { close(filler) } }
        let victim = RawVictim(port: tiny.port, authority: "")
        let sight = await victim.exchange(VictimMove(connectLimit: .milliseconds(200))) { _ in true }
        #expect(sight == WireSight(connecting: .unanswered))
    }

    /// Begins more connections than the kernel holds for a server that accepts none.
    private func fill(_ port: Int) async throws -> [Int32] {
        var fillers: [Int32] = []
        for _ in 0..<4 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    connect(filler, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            fillers.append(filler)
        }
        try await Task.sleep(for: .milliseconds(50))
        return fillers
    }
}
