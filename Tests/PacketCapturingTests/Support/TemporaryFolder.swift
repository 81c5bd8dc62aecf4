import Foundation

/// Runs `body` with a new folder and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (_ path: String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "captures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What cannot be removed is a file of the system's own temporary folder; no test is about it.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// The permissions of a file.
func permissions(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
