package import MockReceivers
package import RunClocks
import Synchronization

/// Sees what goes on at receivers, as soon as there are any.
package final class ReceiverTraffic: Sendable {
    private let activity = Mutex<ReceiverActivity?>(nil)

    /// Nothing goes on until it is told where to look.
    package init() {}

    /// From now on, looks at these receivers.
    package func watch(_ activity: ReceiverActivity) { self.activity.withLock { $0 = activity } }

    /// What goes on at this moment.
    package var now: WarpTraffic {
        let reading = activity.withLock { $0 }?.reading
        return WarpTraffic(awaited: reading?.inFlight ?? 0, happenings: reading?.happenings ?? 0)
    }
}
