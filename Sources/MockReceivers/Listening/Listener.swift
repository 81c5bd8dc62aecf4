import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One endpoint's listening socket and the pipeline of its connections.
struct Listener: Sendable {
    let channel: any Channel
    let port: Int

    /// How many connections the kernel holds for us: a burst of a scenario, and no refusal that is not scripted.
    private static let backlog: Int32 = 1024

    /// Opens a port that the kernel picks.
    ///
    /// - Throws: what the system says when it cannot.
    static func open(
        desk: EndpointDesk,
        tls: NIOSSLContext?,
        connections: OpenConnections,
        on group: any EventLoopGroup
    ) async throws -> Listener {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try take(channel, desk: desk, tls: tls, connections: connections)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        guard let port = channel.localAddress?.port else {
            try await channel.close()
            throw ReceiverError(endpoint: desk.endpoint, problem: "the socket has no port")
        }
        return Listener(channel: channel, port: port)
    }

    /// Stops listening; the port refuses connections afterwards.
    func close() async {
        // It fails only when the socket is closed already, which is what is wanted.
        do { try await channel.close() } catch { return }
    }

    private static func take(
        _ channel: any Channel,
        desk: EndpointDesk,
        tls: NIOSSLContext?,
        connections: OpenConnections
    ) throws {
        guard !connections.isClosed else { throw ChannelError.ioOnClosedChannel }
        let peer = channel.remoteAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "unknown"
        let recorder = ConnectionRecorder(desk: desk, peer: peer, securing: tls != nil)
        let line = ConnectionLine(channel: channel, recorder: recorder)
        let intake = RequestIntake(recorder: recorder, line: line)
        let number = recorder.connection
        let bound = NIOLoopBound(recorder, eventLoop: channel.eventLoop)
        channel.closeFuture.whenComplete { _ in
            bound.value.finish()
            connections.remove(number)
        }
        guard connections.add(line, number: number) else {
            // The scope began to end in between; the recorder has the connection's begin, so it gets an end too.
            recorder.closes(by: .receiver, how: .fin)
            recorder.finish()
            throw ChannelError.ioOnClosedChannel
        }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(WireTap(recorder))
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls))
            try pipeline.addHandler(HandshakeWatch(recorder))
        }
        try pipeline.addHandler(RequestCutter(intake))
        try pipeline.addHandler(ByteToMessageHandler(decoder(desk.limits)))
        try pipeline.addHandler(RequestReader(intake))
    }

    /// The decoder's own limits lie at ours, so that the cutter is the one to say that a head is too large.
    private static func decoder(_ limits: RequestLimits) -> HTTPRequestDecoder {
        var decoderLimits = NIOHTTPDecoderLimitConfiguration()
        decoderLimits.maxHeaderFieldSize = limits.head
        decoderLimits.maxHeaderListSize = limits.head
        decoderLimits.maxHeaderFieldCount = limits.head / 4
        return HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes,
            informationalResponseStrategy: .drop,
            limitConfiguration: decoderLimits
        )
    }
}
