import Foundation

/// Which engines of the warped clock work on this host, as `hookassay` itself finds out.
package enum WarpedClock {
    /// Their names, such as `trace`; empty when none works.
    package static let engines: [String] = ["trace", "preload"].filter { works($0) }
    package static let isThere = !engines.isEmpty
    package static let why = "the warped clock does not work on this host"

    private static func works(_ engine: String) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: BuiltPrograms.folder + "/hookassay")
        process.arguments = ["clock", "--engine", engine, "--json", "--", "true"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
