import DeliveryEvidence
import NIOCore

/// Sees a connection's end where it happens, beneath TLS and HTTP.
///
/// It is also the place from which a connection is cut without TLS having a say.
final class WireTap: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let recorder: ConnectionRecorder
    private var alerts = AlertSpotter()
    private var hello = ClientHello()

    init(_ recorder: ConnectionRecorder) {
        self.recorder = recorder
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if recorder.isSecuring {
            alerts.see(unwrapInboundIn(data).readableBytesView)
            recorder.peerAlert = alerts.alert
            hello.see(unwrapInboundIn(data).readableBytesView)
            recorder.serverName = hello.serverName
        }
        context.fireChannelRead(data)
    }

    /// Holds back what the handlers above ask for while the connection is read slowly.
    ///
    /// TLS asks for more by itself until it has a whole record.
    func read(context: ChannelHandlerContext) {
        if !recorder.isReadSlowly { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        recorder.breaks(with: error)
        context.fireErrorCaught(error)
    }

    /// The receiver says so before it closes; a close that comes unannounced is TLS obeying the peer's close_notify.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        recorder.closes(by: .dispatcher, how: .fin)
        context.close(mode: mode, promise: promise)
    }

    /// The peer's FIN ends the connection, even if the peer could still read.
    ///
    /// No HTTP client in use shuts down its writing side and then waits for an answer, and libcurl, which most
    /// dispatchers are built on, closes wholly. A FIN while an answer is pending therefore counts as the dispatcher having
    /// given up, and the channel does not allow half-closure by the peer. (Stamped before the handlers above are told, as
    /// these record what they hold of an unfinished request.)
    func channelInactive(context: ChannelHandlerContext) {
        recorder.closes(by: .dispatcher, how: .fin)
        context.fireChannelInactive()
        recorder.finish()
    }
}
