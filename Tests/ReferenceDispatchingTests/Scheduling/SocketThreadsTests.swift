import FoundationEssentials
import NIOCore
import ReferenceDispatching
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Threads of the sockets` {
    private var isOnALoop: Bool {
        SocketThreads.shared.loops.makeIterator().contains { $0.inEventLoop }
    }

    @Test func `run a task, what it calls and its child tasks`() async {
        let task = Task(executorPreference: SocketThreads.shared) {
            let here = isOnALoop
            await Task.yield()
            let later = isOnALoop
            async let child = isOnALoop
            return await [here, later, child]
        }
        #expect(await task.value == [true, true, true])
    }

    @Test func `serve whoever waits for a nudge, so that nothing but its own timer wakes a dispatcher`() async {
        let task = Task(executorPreference: SocketThreads.shared) {
            await Nudge().wait(until: .now.addingTimeInterval(0.02))
            return isOnALoop
        }
        #expect(await task.value)
    }
}
