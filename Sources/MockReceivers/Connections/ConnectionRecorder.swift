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
    /// Says that a TLS handshake was completed.
    private(set) var isSecured = false
    /// The alert that the client sent in the clear during the handshake.
    var peerAlert: TLSAlert?
    /// Says that only the script's pace decides when more is read.
    var isReadSlowly = false
    /// The host that the client named in its ClientHello.
    var serverName: String?
    private var bytesIn = 0
    private var bytesOut = 0
    private var receipts: [Receipt] = []

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
    func secured(version: String?, applicationProtocol: String?) {
        guard !isOver, endSecuring() else { return }
        isSecured = true
        let secured = ConnectionSecured(
            connection: connection,
            version: version,
            serverName: serverName,
            applicationProtocol: applicationProtocol
        )
        desk.record(.connectionSecured(secured), at: desk.now)
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

    /// Notes that an attempt is to be answered, so that its receipt is kept from now on.
    ///
    /// - Parameters:
    ///   - asked: the scripted reply in a few words.
    ///   - made: the headers of the reply whose values were made for this attempt.
    func claimed(_ attempt: Int, asked: String, made: [HeaderLine] = []) {
        guard !isOver else { return }
        receipts.append(Receipt(attempt: attempt, asked: asked, made: made))
    }

    /// Records a request as far as it has arrived; what an early answer did to it is recorded after it.
    ///
    /// - Parameter stamp: when the script advanced for it.
    func arrived(_ arrival: AttemptArrived, at stamp: Stamp) {
        guard !isOver else { return }
        desk.record(.attemptArrived(arrival), at: stamp)
        desk.note(at: desk.now, arrived: 1)
        guard let index = receipts.firstIndex(where: { $0.attempt == arrival.attempt }) else { return }
        receipts[index].isArrivalRecorded = true
        guard let end = receipts[index].end else { return }
        receipts.remove(at: index)
        record(end)
    }

    /// Says that the request of an attempt was recorded.
    func hasArrived(_ attempt: Int) -> Bool {
        receipts.first { $0.attempt == attempt }?.isArrivalRecorded ?? true
    }

    /// How many bytes of an attempt's answer the kernel has taken.
    func bytesSent(for attempt: Int) -> Int {
        receipts.first { $0.attempt == attempt }?.bytesOut ?? 0
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
    ///
    /// An answer that was there before its request is recorded after it.
    ///
    /// - Parameter closing: how the attempt alone was ended, as a stream of HTTP/2 can be; `nil` means as its connection.
    func ended(_ attempt: Int, closing own: Closing? = nil) {
        let open = receipts.firstIndex { $0.attempt == attempt && $0.end == nil }
        guard !isOver, let index = open else { return }
        let end = receipts[index].record(closing: own ?? closing)
        if receipts[index].isArrivalRecorded {
            receipts.remove(at: index)
            record(end)
        } else {
            receipts[index].end = end
        }
    }

    /// Records everything that is still open about the connection; a no-op from the second call on.
    func finish() {
        guard !isOver else { return }
        closes(by: .dispatcher, how: .fin)
        handshakeFailed(reason: "closed during handshake", by: .dispatcher)
        for receipt in receipts { record(receipt.end ?? receipt.record(closing: closing)) }
        receipts = []
        isOver = true
        guard let closing else { return }
        desk.record(
            .connectionClosed(
                ConnectionClosed(connection: connection, closing: closing, bytesIn: bytesIn, bytesOut: bytesOut)
            ),
            at: desk.now
        )
        desk.note(at: desk.now)
        desk.attemptEnded()
    }

    private func record(_ end: AttemptEnded) {
        let now = desk.now
        desk.record(.attemptEnded(end), at: now)
        desk.note(at: now, ended: 1, inFlight: -1)
        desk.attemptEnded()
    }

    private func update(_ attempt: Int, _ change: (inout Receipt) -> Void) {
        guard let index = receipts.firstIndex(where: { $0.attempt == attempt }) else { return }
        change(&receipts[index])
    }
}
