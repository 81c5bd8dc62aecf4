import DeliveryScenarios
import NIOCore
import RunClocks

/// Reads a connection so many bytes at a time, confined to its event loop.
///
/// The connection's automatic reading is off; what the kernel's small window holds is all that a client can send ahead.
final class SlowReading {
    private let pace: SlowRead
    private let channel: any Channel
    private let timer: LoopTimer
    private var waiting: LoopTimer.Handle?
    private var isOver = false

    init(_ pace: SlowRead, channel: any Channel, timer: LoopTimer) {
        self.pace = pace
        self.channel = channel
        self.timer = timer
    }

    func begin() {
        do {
            let allocator = FixedSizeRecvByteBufferAllocator(capacity: max(1, pace.bytes))
            try channel.syncOptions?.setOption(.recvAllocator, value: allocator)
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        } catch {
            // Only a closed channel refuses its options, and that one is read no more.
            return
        }
        wait()
    }

    func stop() {
        isOver = true
        waiting?.cancel()
    }

    /// Reads beneath the wire tap, which holds back every other wish to read.
    private func read() {
        guard channel.isActive else { return }
        do {
            try channel.pipeline.syncOperations.context(handlerType: WireTap.self).read()
        } catch {
            // Without its handlers the channel is closed or closing.
            return
        }
    }

    private func wait() {
        let this = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let deadline = timer.clock.now.advanced(by: pace.every)
        waiting = timer.call(at: deadline, on: channel.eventLoop) {
            guard !this.value.isOver else { return }
            this.value.read()
            this.value.wait()
        }
    }
}
