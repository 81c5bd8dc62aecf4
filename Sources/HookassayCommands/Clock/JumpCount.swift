import RunClocks
import Synchronization

/// Counts what the clock did.
final class JumpCount: Sendable {
    struct Counts: Sendable, Hashable, Encodable {
        var exact = 0
        var forced = 0
        var held = 0
        var skippedTicks = 0
        var doubted = 0

        private enum CodingKeys: String, CodingKey {
            case exact
            case forced
            case held
            case skippedTicks = "skipped_ticks"
            case doubted
        }
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func note(_ news: WarpNews) {
        state.withLock { counts in
            switch news {
            case .jumped(let jump):
                if jump.isExact { counts.exact += 1 } else { counts.forced += 1 }
                counts.skippedTicks += jump.skippedTicks
            case .held: counts.held += 1
            case .doubted: counts.doubted += 1
            default: break
            }
        }
    }
}
