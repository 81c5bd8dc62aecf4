import DeliveryEvidence
import NIOCore

/// Where an answer goes: a connection of HTTP/1.1 or a stream of HTTP/2.
///
/// Confined to its event loop.
protocol AnswerLine: AnyObject {
    var loop: any EventLoop { get }

    /// Notes which answer is begun.
    func begin(_ attempt: Int, status: Int, statusLineLength: Int)

    /// Sends bytes of an attempt's answer.
    ///
    /// - Parameter then: called once the kernel has taken them, with false when the connection is gone.
    func send(_ bytes: [UInt8], for attempt: Int, then: @escaping (Bool) -> Void)

    /// Sends what an answer over HTTP/2 has besides bytes of its body; a connection of HTTP/1.1 cannot.
    func send(_ part: StreamPart, for attempt: Int, then: @escaping (Bool) -> Void)

    /// Sends bytes that are no part of the answer itself.
    func sendInterim(_ bytes: [UInt8])

    /// Sends the last bytes of an answer, and ends it as `finish` does once they are taken.
    func sendLast(_ bytes: [UInt8], for attempt: Int, keepsConnection: Bool, then: @escaping (Bool) -> Void)

    /// Ends a complete answer; the connection is then kept or closed.
    func finish(_ attempt: Int, keepsConnection: Bool)

    /// Does what a fault is, and records its receipt.
    func act(_ act: WireStep.Act, _ note: WireStep.FaultNote, for attempt: Int)
}

extension AnswerLine {
    func send(_ part: StreamPart, for attempt: Int, then: @escaping (Bool) -> Void) { then(false) }
}
