import Foundation
import Glibc

/// How many files and connections the process may have open.
enum FileDescriptors {
    /// Raises the limit to what the system lets this process have, so that a burst of connections finds room.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        // Where it is refused, what the process has must do.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
