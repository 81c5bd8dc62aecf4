import Glibc

/// Two ends of a pipe; no program inherits either by accident.
struct Pipe {
    let reading: Int32
    let writing: Int32

    /// `nil` when the system gives none; `errno` says why.
    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        (reading, writing) = (ends[0], ends[1])
        // Not in one step with the making, which would matter if another thread started programs too.
        _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
        _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    }
}
