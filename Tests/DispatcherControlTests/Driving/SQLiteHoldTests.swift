import DispatcherControl
import Foundation
import Glibc
import Notation
import RunClocks
import Testing

@Suite struct `A store that is held` {
    /// Whether this process could lock a byte of a file as SQLite does; what another process would find.
    private func isFree(_ path: String, _ start: Int) throws -> Bool {
        let descriptor = open(path, O_RDWR)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = start
        lock.l_len = 1
        try #require(fcntl(descriptor, F_GETLK, &lock) == 0)
        return lock.l_type == Int16(F_UNLCK)
    }

    @Test func `has SQLite's locks on it, and none afterwards`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.db").path
        for file in [path, path + "-shm"] { try Data("x".utf8).write(to: URL(filePath: file)) }
        var hold: SQLiteHold? = try await SQLiteHold.take(path, clock: RealRunClock())
        #expect(hold != nil)
        #expect(try !isFree(path, 0x4000_0000))
        #expect(try !isFree(path + "-shm", 120))
        #expect(try isFree(path + "-shm", 128))
        hold = nil
        #expect(try isFree(path, 0x4000_0000))
        #expect(try isFree(path + "-shm", 120))
    }

    @Test func `must be there`() async {
        await #expect(throws: DispatcherError.self) {
            _ = try await SQLiteHold.take("/nowhere/at/all.db", clock: RealRunClock())
        }
    }
}
