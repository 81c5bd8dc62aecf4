import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOPosix
import RunClocks

/// A proxy on 127.0.0.1 that opens tunnels (CONNECT, RFC 9110 section 9.3.6) to addresses of this host, and refuses all else.
struct ProxyServer {
    let port: Int
    private let channel: any Channel

    /// Opens a proxy; `record` is told of every request and its answer.
    ///
    /// - Throws: what SwiftNIO says when there is no port for it.
    static func open(
        _ book: NameBook,
        on group: any EventLoopGroup,
        record: @escaping @Sendable (ProxyAsked) -> Void
    ) async throws -> ProxyServer {
        let channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TunnelOpening(book: book, record: record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ProxyServer(port: channel.localAddress?.port ?? 0, channel: channel)
    }

    func close() async {
        // It fails only when the socket is closed already, which is what is wanted.
        do { try await channel.close() } catch { return }
    }
}

/// Reads the head of one request, opens the tunnel it asks for, and makes room for the relay.
private final class TunnelOpening: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let book: NameBook
    private let record: @Sendable (ProxyAsked) -> Void
    private var received = ByteBuffer()
    private var isAnswered = false

    init(book: NameBook, record: @escaping @Sendable (ProxyAsked) -> Void) {
        self.book = book
        self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        received.writeBuffer(&piece)
        guard !isAnswered else { return }
        let bytes = received.readableBytesView
        guard let end = Self.endOfHead(in: bytes) else {
            if bytes.count > ProxyRequest.longestHead { refuse(context, method: "", target: "", status: 431) }
            return
        }
        let head = Array(bytes.prefix(end))
        received.moveReaderIndex(forwardBy: end)
        guard let request = ProxyRequest(head: head) else {
            return refuse(context, method: "", target: "", status: 400)
        }
        guard request.method == "CONNECT" else {
            return refuse(context, method: request.method, target: request.target, status: 501)
        }
        guard let (host, port) = request.authority else {
            return refuse(context, method: request.method, target: request.target, status: 400)
        }
        // The proxy of a test reaches nothing but the test.
        guard let address = book.addresses(of: host).first(where: Self.isLoopback) else {
            return refuse(context, method: request.method, target: request.target, status: 403)
        }
        isAnswered = true
        connect(context, to: address, port, for: request)
    }

    private func connect(
        _ context: ChannelHandlerContext,
        to address: IPAddress,
        _ port: Int,
        for request: ProxyRequest
    ) {
        let own = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.autoRead, value: false)
            .connect(host: address.description, port: port)
            .hop(to: context.eventLoop)
            .whenComplete { result in
                let (handler, context) = own.value
                switch result {
                case .success(let target): handler.join(context, target, for: request)
                case .failure: handler.refuse(context, method: request.method, target: request.target, status: 502)
                }
            }
    }

    /// Answers that the tunnel stands and lets both ends speak to each other.
    private func join(_ context: ChannelHandlerContext, _ target: any Channel, for request: ProxyRequest) {
        let asked = ProxyAsked(
            method: request.method,
            target: request.target,
            status: 200,
            localPort: target.localAddress?.port
        )
        record(asked)
        guard context.channel.isActive else { return target.close(promise: nil) }
        let answer = ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        do {
            let (near, far) = TunnelRelay.pair()
            try context.channel.pipeline.syncOperations.addHandler(near)
            try target.pipeline.syncOperations.addHandler(far)
        } catch {
            target.close(promise: nil)
            return context.close(promise: nil)
        }
        if received.readableBytes > 0 { context.fireChannelRead(NIOAny(received)) }
        received = ByteBuffer()
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        target.setOption(.autoRead, value: true).whenFailure { _ in target.close(promise: nil) }
    }

    private func refuse(_ context: ChannelHandlerContext, method: String, target: String, status: Int) {
        isAnswered = true
        record(ProxyAsked(method: method, target: String(target.prefix(1000)), status: status, localPort: nil))
        let answer = ByteBuffer(string: "HTTP/1.1 \(status) Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(answer)).whenComplete { _ in channel.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private static func endOfHead(in bytes: ByteBufferView) -> Int? {
        let limit = bytes.prefix(ProxyRequest.longestHead)
        let end: [UInt8] = [13, 10, 13, 10]
        guard limit.count >= end.count else { return nil }
        for offset in 0...(limit.count - end.count) where limit.dropFirst(offset).starts(with: end) {
            return offset + end.count
        }
        return nil
    }

    private static func isLoopback(_ address: IPAddress) -> Bool {
        ScenarioNetwork.loopback.contains { $0.contains(address) }
    }
}
