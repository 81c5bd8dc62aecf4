import Glibc
package import RunClocks

/// Holds a SQLite database's own locks, as a process would that hangs in the midst of a transaction.
///
/// SQLite locks bytes of its files with fcntl (sqlite.org/lockingv3.html and wal.html): with the write-ahead log eight bytes
/// of the file `-shm` from 120 on, without it the pending and the reserved byte behind the first GiB of the database. While they
/// are held, every other process is told that the database is busy. The file itself is neither read nor written.
///
/// Locks of an open file description (F_OFD_SETLK) are used: they conflict with those of processes, and closing one of the
/// harness's other descriptors does not lose them.
package final class SQLiteHold: Sendable {
    /// How long other processes get to finish what they are at.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(2)

    private struct Range {
        var suffix: String
        var start: off_t
        var length: off_t
    }

    private static let ranges = [
        Range(suffix: "-shm", start: 120, length: 8),
        Range(suffix: "", start: 0x4000_0000, length: 2),
    ]

    private let descriptors: [Int32]

    /// Takes the locks as soon as nobody else holds them.
    ///
    /// - Throws: `DispatcherError` when there is no database at `path`, or somebody never lets go.
    package static func take(_ path: String, clock: any RunClock) async throws -> SQLiteHold {
        var descriptors: [Int32] = []
        do {
            for range in ranges {
                guard let descriptor = try open(path, range) else { continue }
                descriptors.append(descriptor)
                try await lock(descriptor, range, of: path, clock: clock)
            }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
        return SQLiteHold(descriptors)
    }

    private init(_ descriptors: [Int32]) { self.descriptors = descriptors }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// A database without a write-ahead log has no file `-shm`.
    private static func open(_ path: String, _ range: Range) throws(DispatcherError) -> Int32? {
        let descriptor = Glibc.open(path + range.suffix, O_RDWR | O_CLOEXEC)
        if descriptor >= 0 { return descriptor }
        if errno == ENOENT, !range.suffix.isEmpty { return nil }
        throw DispatcherError(
            "the store \(path)\(range.suffix) cannot be locked: \(String(cString: strerror(errno)).lowercased())",
            wayOut: "correct `sqlite` under `store_outage`"
        )
    }

    private static func lock(_ descriptor: Int32, _ range: Range, of path: String, clock: any RunClock) async throws {
        let deadline = clock.now.advanced(by: patience)
        while true {
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            lock.l_whence = Int16(SEEK_SET)
            lock.l_start = range.start
            lock.l_len = range.length
            if fcntl(descriptor, openFileLock, &lock) == 0 { return }
            guard errno == EAGAIN || errno == EACCES || errno == EINTR, clock.now < deadline else {
                throw DispatcherError("the store \(path) is never free to be locked")
            }
            try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
        }
    }

    /// F_OFD_SETLK of Linux (include/uapi/linux/fcntl.h), which glibc only shows with _GNU_SOURCE.
    private static let openFileLock: Int32 = 37
}
