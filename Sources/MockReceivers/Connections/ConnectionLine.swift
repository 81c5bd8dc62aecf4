import DeliveryEvidence
import DeliveryScenarios
import Foundation
import NIOCore
import NIOPosix
import RunClocks

/// The writing side of an HTTP/1.1 connection, confined to its event loop.
///
/// It answers one request after the other, in the order in which they came.
final class ConnectionLine: AnswerLine {
    /// How long a connection is still read after the receiver's FIN, for a peer that does not close its side.
    static let lingering = Duration.seconds(2)

    let recorder: ConnectionRecorder
    let channel: any Channel
    private let timer: LoopTimer
    /// The place in the pipeline right above TLS, from which plain text goes out.
    var writer: ChannelHandlerContext?
    private var current: AnswerPerformer?
    private var waiting: [AnswerPerformer] = []
    private var afterlife: LoopTimer.Handle?
    private var reading: SlowReading?
    /// Says that an early answer is over, and reading goes on as usual once its request has arrived.
    private var resumesAtArrival = false
    private var isHeldByEvidence = false

    init(channel: any Channel, recorder: ConnectionRecorder, timer: LoopTimer) {
        self.channel = channel
        self.recorder = recorder
        self.timer = timer
    }

    var loop: any EventLoop { channel.eventLoop }
    private var desk: EndpointDesk { recorder.desk }

    /// Answers an attempt as soon as the connection's earlier ones are answered.
    func answer(_ attempt: Int, by steps: [WireStep], complete: Stamp) {
        let performer = AnswerPerformer(attempt: attempt, steps: steps, complete: complete, line: self, timer: timer)
        if current == nil {
            current = performer
            performer.run()
        } else {
            waiting.append(performer)
        }
    }

    /// Lets go of everything once the channel is closed.
    func ended() {
        current?.stop()
        for performer in waiting { performer.stop() }
        current = nil
        waiting = []
        afterlife?.cancel()
        reading?.stop()
        reading = nil
        writer = nil
    }

    func begin(_ attempt: Int, status: Int, statusLineLength: Int) {
        recorder.answers(attempt, status: status, statusLineLength: statusLineLength)
    }

    func send(_ bytes: [UInt8], for attempt: Int, then: @escaping (Bool) -> Void) {
        write(bytes) { [self] in
            recorder.sent(bytes.count, for: attempt)
            then(true)
        } orElse: {
            then(false)
        }
    }

    func sendLast(_ bytes: [UInt8], for attempt: Int, keepsConnection: Bool, then: @escaping (Bool) -> Void) {
        // What the last bytes bring about is noted in the same turn of the event loop: a client may close the connection
        // before anyone else could say so.
        send(bytes, for: attempt) { [self] isSent in
            if isSent { finish(attempt, keepsConnection: keepsConnection) }
            then(isSent)
        }
    }

    func sendInterim(_ bytes: [UInt8]) {
        write(bytes) { [recorder] in
            recorder.sent(bytes.count, for: nil)
        } orElse: {
        }
    }

    private func write(_ bytes: [UInt8], then: @escaping () -> Void, orElse: @escaping () -> Void) {
        guard let writer else { return orElse() }
        let written = loop.makePromise(of: Void.self)
        // A reset that a write meets first is told to nobody else, and the channel becomes inactive before the write has
        // returned: whoever wants to know must ask beforehand.
        written.futureResult.assumeIsolated().whenComplete { [recorder] result in
            switch result {
            case .success: then()
            case .failure(let error):
                recorder.breaks(with: error)
                orElse()
            }
        }
        var buffer = channel.allocator.buffer(capacity: bytes.count)
        buffer.writeBytes(bytes)
        writer.writeAndFlush(NIOAny(buffer), promise: written)
    }

    func finish(_ attempt: Int, keepsConnection: Bool) {
        recorder.answered(attempt)
        guard keepsConnection else { return close(attempt) }
        over(attempt)
    }

    /// Ends an attempt whose connection goes on, and begins the next answer.
    private func over(_ attempt: Int) {
        // An early answer does not make the rest of the body be read any faster.
        let isComing = !recorder.hasArrived(attempt)
        recorder.ended(attempt)
        if reading != nil {
            if isComing { resumesAtArrival = true } else { resumeReading() }
        }
        current = waiting.isEmpty ? nil : waiting.removeFirst()
        current?.run()
    }

    /// Ends an attempt with FIN and reads on until the peer closes as well, for a while.
    func close(_ attempt: Int?, lingers: Bool = true) {
        resumeReading()
        closeWriting()
        if let attempt { recorder.ended(attempt) }
        if lingers { cutAfterLingering() }
    }

    private func cutAfterLingering() {
        let this = NIOLoopBound(self, eventLoop: loop)
        afterlife = timer.call(at: timer.clock.now.advanced(by: Self.lingering), on: loop) { this.value.cutNow() }
    }

    /// Sends FIN (under TLS after close_notify) and keeps reading, so that bytes which still come do not turn it into RST.
    private func closeWriting() {
        recorder.closes(by: .receiver, how: .fin)
        channel.close(mode: .output, promise: nil)
    }

    func act(_ act: WireStep.Act, _ note: WireStep.FaultNote, for attempt: Int) {
        let sent = recorder.bytesSent(for: attempt)
        switch act {
        case .reset:
            reset { [self] kernel, isDone in
                receipt(note, attempt, kernel: kernel, wire: "\(isDone ? "RST" : "FIN") after \(sent) bytes")
            }
        case .close:
            receipt(note, attempt, kernel: ["shutdown(2) of the writing side"], wire: "FIN after \(sent) bytes")
            close(attempt)
        case .halfClose:
            let kernel = ["shutdown(2) of the writing side, and reading on"]
            receipt(note, attempt, kernel: kernel, wire: "FIN after \(sent) bytes; the connection is read on")
            close(attempt, lingers: false)
        case .cutShort: cutShort(attempt, note, sent: sent)
        case .hang:
            let wire = "nothing more after \(sent) bytes; the connection stays open"
            receipt(note, attempt, kernel: [], wire: wire)
        case .nothing: receipt(note, attempt, kernel: [], wire: "the answer goes on after \(sent) bytes")
        case .goAway, .resetStream, .endStream:
            desk.recordFailure("\"\(note.asked)\" could not be produced, because this connection speaks HTTP/1.1")
            close(attempt)
        }
    }

    private func cutShort(_ attempt: Int, _ note: WireStep.FaultNote, sent: Int) {
        guard let tap = try? channel.pipeline.syncOperations.context(handlerType: WireTap.self) else { return }
        let kernel = ["shutdown(2) of the writing side beneath TLS"]
        receipt(note, attempt, kernel: kernel, wire: "FIN without close_notify after \(sent) bytes")
        recorder.closes(by: .receiver, how: .fin)
        tap.close(mode: .output, promise: nil)
        recorder.ended(attempt)
        cutAfterLingering()
    }

    /// Ends the connection with RST before any request.
    func resetConnection(_ note: WireStep.FaultNote) {
        reset { [self] kernel, isDone in
            receipt(note, nil, kernel: kernel, wire: "\(isDone ? "RST" : "FIN") before a request")
        }
    }

    /// Ends the connection with FIN before any request.
    func closeConnection(_ note: WireStep.FaultNote, wire: String = "FIN before a request", lingers: Bool = true) {
        receipt(note, nil, kernel: ["shutdown(2) of the writing side, and reading on"], wire: wire)
        close(nil, lingers: lingers)
    }

    /// Records what was done about an attempt, or about the connection itself.
    func receipt(_ note: WireStep.FaultNote, _ attempt: Int?, kernel: [String], wire: String) {
        let fault = FaultProduced(
            endpoint: desk.endpoint,
            connection: recorder.connection,
            attempt: attempt,
            asked: note.asked,
            kernel: kernel,
            wire: note.says.map { "\(wire): \($0)" } ?? wire
        )
        desk.record(.faultProduced(fault), at: desk.now)
    }

    /// Stops reading from the kernel, so that a client with more to send is held up.
    ///
    /// The end of the connection is still noticed: the selector reports it apart from readable bytes.
    func stopReading() { setReading(false) }

    /// Notes that a request has arrived as far as it will, so that what slowed its reading is over.
    func requestArrived() {
        guard resumesAtArrival else { return }
        resumeReading()
    }

    private func resumeReading() {
        resumesAtArrival = false
        reading?.stop()
        reading = nil
        recorder.isReadSlowly = false
        setReading(true)
    }

    /// Stops reading until the evidence that waits to be written has become little again: nothing is dropped for speed.
    func waitForEvidence() {
        guard !isHeldByEvidence, reading == nil else { return }
        isHeldByEvidence = true
        setReading(false)
        let this = NIOLoopBound(self, eventLoop: loop)
        desk.sink.whenCaughtUp { [loop] in
            loop.execute {
                this.value.isHeldByEvidence = false
                this.value.setReading(true)
            }
        }
    }

    /// Reads so many bytes at a time from now on.
    func readSlowly(_ pace: SlowRead) {
        setReading(false)
        recorder.isReadSlowly = true
        reading = SlowReading(pace, channel: channel, timer: timer)
        reading?.begin()
    }

    private func setReading(_ reads: Bool) {
        guard channel.isActive else { return }
        do {
            try channel.syncOptions?.setOption(.autoRead, value: reads)
        } catch {
            desk.recordFailure("could not change the reading of a connection: \(error)")
        }
    }

    /// Ends the connection at once, and without asking TLS.
    ///
    /// A connection that was not being read has unread bytes, which make the kernel send RST whatever is asked; then RST is
    /// asked for, so that the record is true.
    func cutNow() {
        // Reading the option fails only on a closed channel, for which it makes no difference.
        let reads = (try? channel.syncOptions?.getOption(.autoRead)) ?? true
        if !reads { return reset { _, _ in } }
        recorder.closes(by: .receiver, how: .fin)
        closeBeneathTLS()
    }

    /// Ends the connection with RST, beneath TLS.
    ///
    /// - Parameter done: told what the kernel took, and whether RST goes out.
    func reset(_ done: @escaping ([String], Bool) -> Void) {
        guard let socket = channel as? any SocketOptionProvider else {
            desk.recordFailure("a reset could not be produced: the connection is not a socket")
            recorder.closes(by: .receiver, how: .fin)
            done(["the connection is not a socket"], false)
            return closeBeneathTLS()
        }
        let lingering = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        lingering.assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success:
                recorder.closes(by: .receiver, how: .reset)
                done(["SO_LINGER of 0 s was taken", "close(2)"], true)
                closeBeneathTLS()
            case .failure(let error):
                // A connection that the peer ended in the meantime cannot be reset any more; that is not the receiver's
                // failure.
                guard channel.isActive else { return }
                desk.recordFailure("a reset could not be produced: \(error)")
                recorder.closes(by: .receiver, how: .fin)
                done(["SO_LINGER was refused: \(error)", "close(2)"], false)
                closeBeneathTLS()
            }
        }
    }

    private func closeBeneathTLS() {
        do {
            let context = try channel.pipeline.syncOperations.context(handlerType: WireTap.self)
            context.close(mode: .all, promise: nil)
        } catch {
            // Without its handlers the channel is closed or closing; the plain close only makes that certain.
            channel.close(mode: .all, promise: nil)
        }
    }
}
