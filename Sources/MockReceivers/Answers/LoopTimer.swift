import NIOCore
import RunClocks

/// Calls back on an event loop once the run's clock has come to a moment.
///
/// On the host's own clock that is the event loop's own timer, which is exact to some microseconds however many wait. Every
/// other clock is one that only tasks can wait on, and these are children of the receivers' scope.
struct LoopTimer: Sendable {
    /// A wait that a task carries out.
    struct Order: Sendable {
        let deadline: RunInstant
        let loop: any EventLoop
        let isOver: AsyncStream<Never>
        let action: @Sendable () -> Void
    }

    /// A wait that can be called off.
    enum Handle {
        case scheduled(Scheduled<Void>)
        case ordered(AsyncStream<Never>.Continuation)

        func cancel() {
            switch self {
            case .scheduled(let scheduled): scheduled.cancel()
            case .ordered(let end): end.finish()
            }
        }
    }

    let clock: any RunClock
    private let origin: NIODeadline?
    private let orders: AsyncStream<Order>.Continuation

    init(clock: any RunClock, orders: AsyncStream<Order>.Continuation) {
        self.clock = clock
        self.orders = orders
        origin = (clock as? RealRunClock).map { .uptimeNanoseconds(UInt64(max(0, $0.originReading))) }
    }

    /// Has `action` called on `loop` at `deadline`.
    func call(at deadline: RunInstant, on loop: any EventLoop, _ action: @escaping @Sendable () -> Void) -> Handle {
        if let origin {
            let time = origin + .nanoseconds(deadline.sinceStart.inNanoseconds)
            return .scheduled(loop.scheduleTask(deadline: time) { action() })
        }
        let (isOver, end) = AsyncStream.makeStream(of: Never.self)
        orders.yield(Order(deadline: deadline, loop: loop, isOver: isOver, action: action))
        return .ordered(end)
    }

    /// Carries out the waits of clocks that only tasks can wait on, until the stream ends.
    static func carryOut(_ orders: AsyncStream<Order>, clock: any RunClock) async {
        await withDiscardingTaskGroup { group in
            for await order in orders {
                group.addTask {
                    await withTaskGroup(of: Bool.self) { race in
                        race.addTask {
                            // Cancellation is the only error of a clock.
                            do { try await clock.sleep(until: order.deadline, tolerance: nil) } catch { return false }
                            return true
                        }
                        race.addTask {
                            for await _ in order.isOver {}
                            return false
                        }
                        if await race.next() == true { order.loop.execute { order.action() } }
                        race.cancelAll()
                    }
                }
            }
            group.cancelAll()
        }
    }
}

extension Duration {
    /// Whole nanoseconds, at most the 292 years that fit.
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
