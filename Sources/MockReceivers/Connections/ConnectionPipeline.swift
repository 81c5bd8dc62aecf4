import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// Sets up the connections of one endpoint: what each meets first, and the handlers that see it.
final class ConnectionPipeline: Sendable {
    let desk: EndpointDesk
    let identities: ServerIdentities
    let connections: OpenConnections
    let offersHTTP2: Bool
    /// The ports of connections the receiver made to itself.
    private let ignored = Mutex<Set<Int>>([])

    init(desk: EndpointDesk, identities: ServerIdentities, connections: OpenConnections, offersHTTP2: Bool) {
        self.desk = desk
        self.identities = identities
        self.connections = connections
        self.offersHTTP2 = offersHTTP2
    }

    /// Takes no notice of a connection from this port of the host.
    func ignore(peerPort: Int) { ignored.withLock { _ = $0.insert(peerPort) } }

    /// Takes a connection that was accepted; called on its event loop.
    ///
    /// - Throws: when the connection is to be dropped.
    func take(_ channel: any Channel) throws {
        guard !connections.isClosed else { throw ChannelError.ioOnClosedChannel }
        let address = channel.remoteAddress
        if let port = address?.port, ignored.withLock({ !$0.isEmpty && $0.remove(port) != nil }) {
            throw ChannelError.ioOnClosedChannel
        }
        let peer = address.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "unknown"
        let fault = desk.script.connect(at: desk.now)
        let secures = identities.usual != nil && fault?.at != .accept
        let recorder = ConnectionRecorder(desk: desk, peer: peer, securing: secures)
        let line = ConnectionLine(channel: channel, recorder: recorder, timer: desk.timer)
        let number = recorder.connection
        let bound = NIOLoopBound(line, eventLoop: channel.eventLoop)
        channel.closeFuture.whenComplete { [connections] _ in
            bound.value.recorder.finish()
            bound.value.ended()
            connections.remove(number)
        }
        guard connections.add(ConnectionHandle(line), number: number) else {
            // The scope began to end in between; the recorder has the connection's begin, so it gets an end too.
            recorder.closes(by: .receiver, how: .fin)
            recorder.finish()
            throw ChannelError.ioOnClosedChannel
        }
        try channel.pipeline.syncOperations.addHandler(WireTap(recorder))
        if let fault {
            try add(fault, to: channel, line)
        } else {
            try serve(channel, line, tls: identities.usual, fault: nil)
        }
    }

    /// Sets up a connection that meets a fault.
    private func add(_ fault: Fault, to channel: any Channel, _ line: ConnectionLine) throws {
        let pipeline = channel.pipeline.syncOperations
        if fault.kind.happensToHandshake, identities.usual == nil {
            desk.recordFailure(
                "\"\(fault.summary)\" could not be produced, because the endpoint is plain. Give it `scheme: https`"
            )
            return try serve(channel, line, tls: nil, fault: nil)
        }
        if let context = try identities.context(for: fault.kind) {
            return try serve(channel, line, tls: context, fault: fault)
        }
        line.writer = try pipeline.context(handlerType: WireTap.self)
        try pipeline.addHandler(ConnectionFaultHandler(fault, line: line, timer: desk.timer))
    }

    private func serve(_ channel: any Channel, _ line: ConnectionLine, tls: NIOSSLContext?, fault: Fault?) throws {
        let pipeline = channel.pipeline.syncOperations
        if let bytes = desk.script.summary.slowestRead {
            // What is read before the script is known must not be all there is.
            let allocator = FixedSizeRecvByteBufferAllocator(capacity: max(1, min(512, bytes)))
            try channel.syncOptions?.setOption(.recvAllocator, value: allocator)
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        }
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls))
            try pipeline.addHandler(HandshakeWatch(line.recorder))
        }
        if let fault {
            let note = WireStep.FaultNote(asked: fault.summary)
            line.receipt(note, nil, kernel: [], wire: "a handshake with what was asked for")
        }
        guard offersHTTP2 else { return try addHTTP1(channel, line) }
        try HTTP2Pipeline.add(to: channel, line, isSecured: tls != nil) { [self] in try addHTTP1(channel, line) }
    }

    /// Adds what reads HTTP/1.1.
    private func addHTTP1(_ channel: any Channel, _ line: ConnectionLine) throws {
        let pipeline = channel.pipeline.syncOperations
        let intake = RequestIntake(recorder: line.recorder, line: line)
        try pipeline.addHandler(RequestCutter(intake))
        try pipeline.addHandler(ByteToMessageHandler(Self.decoder(desk.limits)))
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
