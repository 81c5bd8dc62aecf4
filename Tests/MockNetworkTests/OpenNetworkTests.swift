import DeliveryEvidence
import DeliveryScenarios
import MockNetwork
import NIOCore
import NIOPosix
import RunClocks
import Testing

@Suite struct `The network of a scenario` {
    private let sink = RecordingSink()
    private let names = [
        ScriptedName(name: "here.example.test", turns: [.addresses([IPAddress("127.0.0.1")].compactMap(\.self))]),
        ScriptedName(name: "far.example.test", turns: [.addresses([IPAddress("192.0.2.1")].compactMap(\.self))]),
    ]

    private func port(of place: String?) throws -> Int {
        try #require(place.flatMap { Int($0.split(separator: ":").last ?? "") })
    }

    @Test func `has neither resolver nor proxy when the scenario asks for none`() async throws {
        try await withMockNetwork(ScenarioNetwork(), clock: RealRunClock(), sink: sink) { network in
            #expect(network.resolver == nil)
            #expect(network.proxy == nil)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `answers over UDP and over TCP at the same port`() async throws {
        try await withMockNetwork(ScenarioNetwork(names: names), clock: RealRunClock(), sink: sink) { network in
            let port = try port(of: network.resolver)
            let group = MultiThreadedEventLoopGroup.singleton
            let datagrams = try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
            let server = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            let query = Query.bytes("here.example.test")
            let overUDP = try await datagrams.executeThenClose { inbound, outbound in
                try await outbound.write(AddressedEnvelope(remoteAddress: server, data: ByteBuffer(bytes: query)))
                for try await answer in inbound { return Array(answer.data.readableBytesView) }
                return []
            }
            #expect(Query.address(in: overUDP) == [127, 0, 0, 1])
            let overTCP = try await exchange(with: port, [0, UInt8(query.count)] + query) { $0.count > query.count + 2 }
            #expect(Query.address(in: Array(overTCP.dropFirst(2))) == [127, 0, 0, 1])
        }
        #expect(sink.names.count == 2)
    }

    @Test(.timeLimit(.minutes(1))) func `opens tunnels to this host and refuses all else`() async throws {
        let network = ScenarioNetwork(names: names, hasProxy: true)
        let echo = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let target = echo.localAddress?.port ?? 0
        try await withMockNetwork(network, clock: RealRunClock(), sink: sink) { open in
            let port = try port(of: open.proxy)
            for host in ["127.0.0.1", "here.example.test", "localhost"] {
                let head = Array("CONNECT \(host):\(target) HTTP/1.1\r\n\r\nhello".utf8)
                let answer = try await exchange(with: port, head) { $0.suffix(5) == Array("hello".utf8)[...] }
                #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
            }
            let refused = [
                "CONNECT 192.0.2.1:80 HTTP/1.1": "403", "CONNECT far.example.test:80 HTTP/1.1": "403",
                "CONNECT nowhere.example.test:80 HTTP/1.1": "403", "GET http://127.0.0.1/ HTTP/1.1": "501",
                "CONNECT 127.0.0.1:1 HTTP/1.1": "502", "nonsense": "400",
                String(repeating: "x", count: 9000): "431",
            ]
            for (line, status) in refused {
                let answer = try await exchange(with: port, Array("\(line)\r\n\r\n".utf8)) { $0.count > 20 }
                #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 \(status) "), "\(line.prefix(40))")
            }
        }
        try await echo.close()
        #expect(sink.proxied.count == 10)
        #expect(sink.proxied.filter { $0.status == 200 }.allSatisfy { $0.localPort != nil })
    }

    /// Sends bytes and gives what comes back, until it is enough or the other side closes.
    private func exchange(
        with port: Int,
        _ bytes: [UInt8],
        isEnough: @Sendable ([UInt8]) -> Bool
    ) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var answer: [UInt8] = []
            for try await piece in inbound {
                answer += Array(piece.readableBytesView)
                if isEnough(answer) { break }
            }
            return answer
        }
    }
}

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.writeAndFlush(data, promise: nil) }
}
