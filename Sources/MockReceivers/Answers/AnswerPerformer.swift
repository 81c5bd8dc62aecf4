import DeliveryEvidence
import NIOCore
import RunClocks

/// Goes through the steps of one answer, confined to the event loop of its connection.
///
/// A step that has nothing to wait for is done at once, so that the usual answer is one write in the turn in which its request
/// was read. When the connection goes first, the rest is abandoned; the recorder makes the attempt's receipt.
final class AnswerPerformer {
    /// How many bytes are handed to the kernel at a time, so that the receipt of an answer that is not read to its end says
    /// how far it went.
    private static let portion = 64 * 1024

    let attempt: Int
    private var steps: ArraySlice<WireStep>
    /// When the request was complete, or its head for what happens at the head: what scripted waits count from.
    private let complete: Stamp
    private unowned let line: any AnswerLine
    private let timer: LoopTimer
    private var waiting: LoopTimer.Handle?
    private var isOver = false
    private var isRunning = false
    /// Says that the step under way was done before its call returned.
    private var isReady = true

    init(attempt: Int, steps: [WireStep], complete: Stamp, line: any AnswerLine, timer: LoopTimer) {
        self.attempt = attempt
        self.steps = steps[...]
        self.complete = complete
        self.line = line
        self.timer = timer
    }

    /// Begins, or goes on after a wait.
    func run() {
        isReady = true
        guard !isRunning else { return }
        isRunning = true
        while isReady, !isOver, let step = steps.popFirst() {
            isReady = false
            perform(step)
        }
        isRunning = false
    }

    /// Abandons the rest.
    func stop() {
        isOver = true
        waiting?.cancel()
        waiting = nil
        steps = []
    }

    private func perform(_ step: WireStep) {
        switch step {
        case .waitFromRequest(let duration):
            wait(until: RunInstant(sinceStart: .nanoseconds(complete.nanoseconds)).advanced(by: duration))
        case .wait(let duration): wait(until: timer.clock.now.advanced(by: duration))
        case .interim(let bytes):
            line.sendInterim(bytes)
            isReady = true
        case .begin(let status, let length):
            line.begin(attempt, status: status, statusLineLength: length)
            isReady = true
        case .send(let bytes): send(bytes)
        case .sendBody(let body, let range): send(body, range)
        case .drip(let bytes, let count, let pause):
            let rest = Array(bytes.dropFirst(count))
            if !rest.isEmpty { steps = [.wait(pause), .drip(rest, by: count, every: pause)] + steps }
            send(Array(bytes.prefix(count)))
        case .stream(let part): line.send(part, for: attempt) { [self] isSent in sent(isSent) }
        case .endless(let bytes, let pause):
            steps = [.wait(pause), .endless(bytes, every: pause)]
            send(bytes)
        case .finish(let keeps):
            line.finish(attempt, keepsConnection: keeps)
            isReady = true
        case .act(let act, let note):
            line.act(act, note, for: attempt)
            isReady = true
        }
    }

    private func send(_ bytes: [UInt8]) {
        if bytes.count <= Self.portion, case .finish(let keeps)? = steps.first {
            steps.removeFirst()
            line.sendLast(bytes, for: attempt, keepsConnection: keeps) { [self] isSent in sent(isSent) }
            return
        }
        if bytes.count > Self.portion { steps = [.send(Array(bytes.dropFirst(Self.portion)))] + steps }
        line.send(Array(bytes.prefix(Self.portion)), for: attempt) { [self] isSent in sent(isSent) }
    }

    private func send(_ body: AnswerBody, _ range: Range<Int>) {
        let part = range.prefix(Self.portion)
        let rest = part.upperBound..<range.upperBound
        if !rest.isEmpty { steps = [.sendBody(body, rest)] + steps }
        send(body.bytes(part))
    }

    private func sent(_ isSent: Bool) {
        guard !isOver else { return }
        if isSent { run() } else { stop() }
    }

    private func wait(until deadline: RunInstant) {
        guard deadline > timer.clock.now else { return isReady = true }
        let this = NIOLoopBound(self, eventLoop: line.loop)
        waiting = timer.call(at: deadline, on: line.loop) {
            guard !this.value.isOver else { return }
            this.value.waiting = nil
            this.value.run()
        }
    }
}
