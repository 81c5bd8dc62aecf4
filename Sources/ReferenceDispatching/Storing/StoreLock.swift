import Glibc

/// Keeps a second dispatcher off a store; the kernel takes the lock back when the process ends, in whatever way.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Locks the store at `path`, making its file readable for its owner only, since it holds secrets.
    ///
    /// - Parameter isShared: others may lock it in the same way.
    init(path: String, isShared: Bool) throws(StoreError) {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError("The store \(path) cannot be used: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError("The store \(path) is in use by another dispatcher; stop that one or choose another file.")
        }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw StoreError("The store \(path) cannot be used: \(reason).")
        }
        defer { close(file) }
        // A file that was there before may be readable for others.
        guard fchmod(file, 0o600) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw StoreError("The store \(path) cannot be kept from other users' eyes: \(reason).")
        }
    }

    deinit {
        // Closing alone would leave the lock with a child process that was forked and has not yet called exec.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
