package import Foundation

/// Gives `body` a folder of its own, which is gone afterwards.
package func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hookassay-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What cannot be removed is a file of the system's own temporary folder; no test is about it.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

extension URL {
    /// Writes `text` to a file below this folder, and makes the folders between.
    package func write(_ text: String, to path: String) throws {
        let file = appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The text of a file below this folder.
    package func text(of path: String) throws -> String {
        try String(contentsOf: appending(path: path), encoding: .utf8)
    }

    /// Says whether there is something at `path` below this folder.
    package func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: appending(path: path).path)
    }
}
