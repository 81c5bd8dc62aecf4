import GRDB

/// Everything the dispatcher has to remember, in one SQLite file.
///
/// What a method wrote is on the disk when it returns, so it survives the process being killed. Large things are read
/// in pages; nothing of the store is kept in memory.
package struct DeliveryStore: Sendable {
    let database: DatabaseQueue
    private let lock: StoreLock

    /// Opens the store at `path`, or makes it; throws a `StoreError` when that is impossible or another process has it.
    ///
    /// - Parameter isShared: another process may use it too, if that one says so as well.
    package init(path: String, isShared: Bool = false) throws {
        lock = try StoreLock(path: path, isShared: isShared)
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: path, configuration: configuration)
            // GRDB relaxes this for the write-ahead log; an accepted event shall survive a power cut, too.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try StoreSchema.migrator.migrate(database)
        } catch let error as DatabaseError {
            throw StoreError("The store \(path) cannot be used: \(error.message ?? "it is no database").")
        }
    }
}
