import NIOCore
import NIOPosix

/// A DNS server on 127.0.0.1, over UDP and TCP at the same port.
struct NameServer {
    let port: Int
    private let channels: [any Channel]

    /// Other programs may hold the TCP port of the UDP port that the system chose; so often another one is tried.
    private static let tries = 8

    /// Opens a server that answers from the book.
    ///
    /// - Throws: what SwiftNIO says when there is no port for it.
    static func open(_ book: NameBook, on group: any EventLoopGroup) async throws -> NameServer {
        var failure: (any Error)?
        for _ in 0..<tries {
            let datagrams = try await DatagramBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramAnswering(book: book))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let port = datagrams.localAddress?.port ?? 0
            do {
                let streams = try await ServerBootstrap(group: group)
                    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                    .childChannelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(StreamAnswering(book: book))
                        }
                    }
                    .bind(host: "127.0.0.1", port: port).get()
                return NameServer(port: port, channels: [datagrams, streams])
            } catch {
                failure = error
                await close([datagrams])
            }
        }
        throw failure ?? ChannelError.inputClosed
    }

    func close() async { await Self.close(channels) }

    private static func close(_ channels: [any Channel]) async {
        for channel in channels {
            // It fails only when the socket is closed already, which is what is wanted.
            do { try await channel.close() } catch { continue }
        }
    }
}

/// Answers one query a datagram.
private final class DatagramAnswering: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let book: NameBook

    init(book: NameBook) { self.book = book }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let asker = "udp \(envelope.remoteAddress)"
        guard let reply = book.reply(to: Array(envelope.data.readableBytesView), from: asker) else { return }
        let answer = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: reply))
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }

    /// What the network says of one asker is nothing to the others.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// Answers queries that have their length before them (RFC 1035 section 4.2.2).
private final class StreamAnswering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let book: NameBook
    private var received = ByteBuffer()

    init(book: NameBook) { self.book = book }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        received.writeBuffer(&piece)
        let asker = "tcp \(context.remoteAddress.map { "\($0)" } ?? "")"
        // A length has two bytes, so that what waits for its end never exceeds one message and one piece.
        while let length: UInt16 = received.getInteger(at: received.readerIndex),
            let message = received.getBytes(at: received.readerIndex + 2, length: Int(length))
        {
            received.moveReaderIndex(forwardBy: 2 + Int(length))
            guard let reply = book.reply(to: message, from: asker) else { continue }
            var answer = ByteBuffer()
            answer.writeInteger(UInt16(clamping: reply.count))
            answer.writeBytes(reply)
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        }
        received.discardReadBytes()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
