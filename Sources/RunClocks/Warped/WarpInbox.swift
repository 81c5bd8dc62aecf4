import Synchronization

/// What other threads ask of the controller.
final class WarpInbox: Sendable {
    enum Order: Sendable {
        case launch(WarpProgram)
        case signal(Int32, Int32)
        case close
    }

    let wake: WakeUp
    private let orders = Mutex<[Order]>([])

    init(wake: WakeUp) {
        self.wake = wake
    }

    func add(_ order: Order) {
        orders.withLock { $0.append(order) }
        wake.ring()
    }

    func takeAll() -> [Order] {
        orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
