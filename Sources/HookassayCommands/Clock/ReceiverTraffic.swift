import MockReceivers
import RunClocks
import Synchronization

/// Sees what goes on at the receiver, as soon as there is one.
final class ReceiverTraffic: Sendable {
    private let activity = Mutex<ReceiverActivity?>(nil)

    /// From now on, looks at this receiver.
    func watch(_ activity: ReceiverActivity) { self.activity.withLock { $0 = activity } }

    var now: WarpTraffic {
        let reading = activity.withLock { $0 }?.reading
        return WarpTraffic(awaited: reading?.inFlight ?? 0, happenings: reading?.happenings ?? 0)
    }
}
