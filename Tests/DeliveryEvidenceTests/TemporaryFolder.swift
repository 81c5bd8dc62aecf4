import Foundation

/// Runs `body` with a new folder and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (_ path: String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("the folder \(folder.path()) could not be removed: \(error)")
        }
    }
    return try await body(folder.path())
}
