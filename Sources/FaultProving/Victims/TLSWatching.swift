import Glibc
import NIOCore
import NIOSSL
import NIOTLS
import Synchronization

/// What a TLS victim's handlers noted, for the victim to fetch.
final class TLSLog: Sendable {
    private struct State {
        var pieces: [(bytes: [UInt8], at: SuspendingClock.Instant)] = []
        var localPort: Int?
        var sight = TLSSight()
        var sawFIN = false
        /// Says that the victim has been told of the FIN, so that what comes after is told apart.
        var toldFIN = false
        var sawReset = false
        /// Says that the end of what can be read has come through to the top.
        var isDrained = false
        var isInactive = false
        var weClosed = false
        var isRagged = false
    }

    private let state = Mutex(State())

    var sight: TLSSight { state.withLock(\.sight) }

    /// The victim's own port, which a channel that is closed does not know any more.
    var localPort: Int? { state.withLock(\.localPort) }

    func connected(from port: Int?) {
        state.withLock { $0.localPort = port }
    }

    /// Says that nothing can be sent any more.
    var isOver: Bool { state.withLock { $0.isInactive || $0.sawReset } }

    func keep(_ certificate: CertificateSight?) {
        state.withLock { $0.sight.certificate = certificate }
    }

    func take(_ bytes: [UInt8]) {
        let now = SuspendingClock().now
        state.withLock { $0.pieces.append((bytes, now)) }
    }

    func sawFIN() { state.withLock { $0.sawFIN = true } }
    func sawReset() { state.withLock { $0.sawReset = true } }
    func weClose() { state.withLock { $0.weClosed = true } }

    func secured(_ applicationProtocol: String?) {
        state.withLock { state in
            state.sight.isComplete = true
            state.sight.applicationProtocol = applicationProtocol
        }
    }

    func failed(_ error: any Error) {
        state.withLock { state in
            if case .uncleanShutdown = error as? NIOSSLError {
                state.isRagged = true
            } else if !state.sight.isComplete, !(error is IOError), !(error is ChannelError) {
                state.sight.failure = state.sight.failure ?? Self.reason(of: error)
            }
        }
    }

    /// The part in capitals of what BoringSSL says (`error:…:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at …`), in plain words.
    private static func reason(of error: any Error) -> String {
        if error is NIOSSLExtraError { return "the name does not match" }
        let text = "\(error)"
        let word = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/).map { String($0.1) }
        return word?.replacing("_", with: " ").lowercased() ?? text
    }

    /// Notes that nothing more can be read above TLS.
    func inputEnds() {
        state.withLock { state in
            if !state.isDrained, state.sight.isComplete, !state.isRagged { state.sight.sawCloseNotify = true }
            state.isDrained = true
        }
    }

    func becomesInactive() {
        state.withLock { state in
            // A reset that a write meets first is told to no handler, and a FIN alone leaves the channel active.
            if !state.weClosed { state.sawReset = true }
            state.isInactive = true
            state.isDrained = true
        }
    }

    func next() -> ReceiveOutcome {
        state.withLock { state in
            if !state.pieces.isEmpty {
                let piece = state.pieces.removeFirst()
                return .bytes(piece.bytes, at: piece.at)
            }
            guard state.isDrained else { return .nothing }
            if state.sawFIN, !state.toldFIN {
                state.toldFIN = true
                return .fin
            }
            if state.isInactive { return state.sawReset ? .reset : .fin }
            return state.sawFIN ? .fin : .nothing
        }
    }
}

/// Tells the handlers to cut the connection.
struct VictimLeaves: Sendable {}

/// Sees the end of a connection beneath TLS.
final class WireWatch: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let log: TLSLog

    init(_ log: TLSLog) {
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        log.connected(from: context.localAddress?.port)
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is VictimLeaves {
            log.weClose()
            context.close(mode: .all, promise: nil)
            return
        }
        if case .inputClosed = event as? ChannelEvent { log.sawFIN() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, [ECONNRESET, EPIPE].contains(error.errnoCode) {
            log.sawReset()
            // TLS hands on what it has decrypted only at the end of a round of reading, which an error leaves out.
            context.fireChannelReadComplete()
        }
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        log.weClose()
        context.close(mode: mode, promise: promise)
    }
}

/// Sees what is to be seen above TLS.
final class PlainWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let log: TLSLog

    init(_ log: TLSLog) {
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        log.take(Array(unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let chosen) = event as? TLSUserEvent { log.secured(chosen) }
        if case .inputClosed = event as? ChannelEvent { log.inputEnds() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        log.failed(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        log.becomesInactive()
    }
}
