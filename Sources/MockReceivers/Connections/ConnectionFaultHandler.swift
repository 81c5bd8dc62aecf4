import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import RunClocks

/// Does to a connection what happens before anything of it is read, and drops whatever still comes.
final class ConnectionFaultHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A fatal alert of TLS, handshake_failure (RFC 8446 section 6), in a record of its own.
    private static let abort: [UInt8] = [21, 3, 3, 0, 2, 2, 40]

    private let fault: Fault
    private let line: ConnectionLine
    private let timer: LoopTimer
    private var waiting: LoopTimer.Handle?
    private var isDone = false

    init(_ fault: Fault, line: ConnectionLine, timer: LoopTimer) {
        self.fault = fault
        self.line = line
        self.timer = timer
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        // A handshake is aborted once there is one.
        if fault.kind == .handshakeAbort { return }
        if fault.kind == .hang { line.stopReading() }
        begin(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        line.recorder.received(unwrapInboundIn(data).readableBytes)
        if fault.kind == .handshakeAbort { begin(context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting?.cancel()
        context.fireChannelInactive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isDone, waiting == nil else { return }
        guard fault.after > .zero else { return act(context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        waiting = timer.call(at: timer.clock.now.advanced(by: fault.after), on: context.eventLoop) {
            let (this, context) = bound.value
            this.act(context)
        }
    }

    private func act(_ context: ChannelHandlerContext) {
        guard !isDone, context.channel.isActive else { return }
        isDone = true
        let note = WireStep.FaultNote(asked: fault.summary)
        switch fault.kind {
        case .reset: line.resetConnection(note)
        case .halfClose: line.closeConnection(note, lingers: false)
        case .hang: line.receipt(note, nil, kernel: [], wire: "nothing, and nothing is read")
        case .handshakeStall: line.receipt(note, nil, kernel: [], wire: "nothing in answer to the ClientHello")
        case .handshakeAbort:
            line.sendInterim(Self.abort)
            line.closeConnection(note, wire: "a fatal alert, handshake_failure, then FIN")
        case .garbage:
            line.sendInterim(Garbage.bytes(fault.bytes))
            line.closeConnection(note, wire: "\(fault.bytes) bytes that are not HTTP, then FIN")
        default: line.closeConnection(note)
        }
    }
}
