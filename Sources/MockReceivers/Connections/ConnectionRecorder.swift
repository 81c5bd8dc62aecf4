import DeliveryEvidence
import Foundation
import NIOCore

/// The evidence of one connection, confined to the connection's event loop.
///
/// Every record about the connection is made here, in the order of the loop, and none after `finish`: each attempt gets
/// exactly one end, and the connection exactly one.
final class ConnectionRecorder {
    let connection: Int
    let desk: EndpointDesk

    /// How the connection ended or is about to; the first to end it counts.
    private(set) var closing: Closing?
    private var isOver = false
    /// Says that a TLS handshake is still to be completed.
    private(set) var isSecuring = false
    /// The alert that the client sent in the clear during the handshake.
    var peerAlert: TLSAlert?
    private var bytesIn = 0
    private var bytesOut = 0
    private var receipts: [Receipt] = []
    private var waiting: [Arrival] = []
    /// Whoever still waits on the connection after its last attempt has ended with the receiver's FIN.
    private var lingering: AsyncStream<Never>.Continuation?

    /// Records that a connection was accepted.
    ///
    /// - Parameter securing: whether a TLS handshake is to come.
    init(desk: EndpointDesk, peer: String, securing: Bool) {
        self.desk = desk
        connection = desk.numbers.nextConnection()
        isSecuring = securing
        let now = desk.now
        desk.record(
            .connectionOpened(ConnectionOpened(connection: connection, endpoint: desk.endpoint, peer: peer)),
            at: now
        )
        desk.note(at: now, inFlight: securing ? 1 : 0)
    }

    /// Records a completed TLS handshake.
    func secured(version: String?) {
        guard !isOver, endSecuring() else { return }
        desk.record(
            .connectionSecured(ConnectionSecured(connection: connection, version: version, serverName: nil)),
            at: desk.now
        )
    }

    /// Records a TLS handshake that did not complete, and who gave it up.
    func handshakeFailed(reason: String, by party: Closing.Party) {
        guard !isOver, endSecuring() else { return }
        let ownEnd = closing?.by == .receiver
        let reason = ownEnd ? "still in progress when the receiver closed the connection" : reason
        desk.record(.handshakeFailed(HandshakeFailed(connection: connection, reason: reason)), at: desk.now)
        closes(by: party, how: .fin)
    }

    private func endSecuring() -> Bool {
        guard isSecuring else { return false }
        isSecuring = false
        desk.note(at: desk.now, inFlight: -1)
        return true
    }

    /// Notes plain-text bytes that came in.
    func received(_ count: Int) {
        bytesIn += count
        desk.note(at: desk.now)
    }

    /// Notes that one side ends the connection, unless the other did before.
    func closes(by party: Closing.Party, how: Closing.Manner) {
        guard closing == nil else { return }
        closing = Closing(by: party, how: how, at: desk.now)
    }

    /// Notes an error of reading or writing that says the peer has reset the connection.
    func breaks(with error: any Error) {
        guard let error = error as? IOError, [ECONNRESET, EPIPE, ECONNABORTED].contains(error.errnoCode) else { return }
        closes(by: .dispatcher, how: .reset)
    }

    /// Records that a request has arrived and has it answered once the connection's earlier ones are.
    ///
    /// - Parameters:
    ///   - stamp: when the script advanced for it.
    ///   - asked: the scripted reply in a few words.
    ///   - makeArrival: gets the stream that ends with the connection.
    func arrived(
        _ record: AttemptArrived,
        at stamp: Stamp,
        asked: String,
        makeArrival: (AsyncStream<Never>) -> Arrival
    ) {
        guard !isOver else { return }
        desk.record(.attemptArrived(record), at: stamp)
        desk.note(at: desk.now, arrived: 1)
        let (gone, goneSignal) = AsyncStream.makeStream(of: Never.self)
        receipts.append(Receipt(attempt: record.attempt, asked: asked, gone: goneSignal))
        let arrival = makeArrival(gone)
        if receipts.count == 1 { desk.arrivals.yield(arrival) } else { waiting.append(arrival) }
    }

    /// Notes that an answer with this status line is begun.
    func answers(_ attempt: Int, status: Int, statusLineLength: Int) {
        update(attempt) { $0.statusLine = (status, statusLineLength) }
    }

    /// Notes bytes that the kernel has taken; `attempt` is `nil` for an interim answer.
    func sent(_ count: Int, for attempt: Int?) {
        let now = desk.now
        bytesOut += count
        desk.note(at: now)
        guard let attempt else { return }
        update(attempt) { receipt in
            receipt.bytesOut += count
            receipt.began = receipt.began ?? now
        }
    }

    /// Notes that the last byte of the answer was the one sent last.
    func answered(_ attempt: Int) {
        let now = desk.now
        update(attempt) { $0.ended = now }
    }

    /// Records the end of an attempt; a no-op when it has ended already.
    func ended(_ attempt: Int) {
        guard !isOver, let index = receipts.firstIndex(where: { $0.attempt == attempt }) else { return }
        let receipt = receipts.remove(at: index)
        end(receipt)
        if closing != nil {
            lingering = receipt.gone
        } else {
            receipt.gone.finish()
            if !waiting.isEmpty { desk.arrivals.yield(waiting.removeFirst()) }
        }
    }

    /// Records everything that is still open about the connection; a no-op from the second call on.
    func finish() {
        guard !isOver else { return }
        closes(by: .dispatcher, how: .fin)
        handshakeFailed(reason: "closed during handshake", by: .dispatcher)
        for receipt in receipts {
            end(receipt)
            receipt.gone.finish()
        }
        lingering?.finish()
        receipts = []
        waiting = []
        isOver = true
        guard let closing else { return }
        desk.record(
            .connectionClosed(
                ConnectionClosed(connection: connection, closing: closing, bytesIn: bytesIn, bytesOut: bytesOut)
            ),
            at: desk.now
        )
        desk.note(at: desk.now)
    }

    private func end(_ receipt: Receipt) {
        let now = desk.now
        desk.record(.attemptEnded(receipt.record(closing: closing)), at: now)
        desk.note(at: now, inFlight: -1)
    }

    private func update(_ attempt: Int, _ change: (inout Receipt) -> Void) {
        guard let index = receipts.firstIndex(where: { $0.attempt == attempt }) else { return }
        change(&receipts[index])
    }
}
