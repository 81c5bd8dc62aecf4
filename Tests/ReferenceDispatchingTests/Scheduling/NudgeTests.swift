import FoundationEssentials
import ReferenceDispatching
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Waiting for a nudge` {
    @Test func `wakes whoever comes after the ring`() async {
        let nudge = Nudge()
        nudge.ring()
        await nudge.wait(until: nil)
    }

    @Test func `wakes whoever waits`() async {
        let nudge = Nudge()
        async let waiting: Void = nudge.wait(until: Date().advanced(by: .seconds(600)))
        nudge.ring()
        await waiting
    }

    @Test func `ends at its deadline`() async {
        let nudge = Nudge()
        let deadline = Date().advanced(by: .milliseconds(20))
        await nudge.wait(until: deadline)
        #expect(Date() >= deadline.advanced(by: .milliseconds(-5)))
    }

    @Test func `ends when its task is cancelled`() async {
        let nudge = Nudge()
        let task = Task { await nudge.wait(until: nil) }
        task.cancel()
        await task.value
    }
}
