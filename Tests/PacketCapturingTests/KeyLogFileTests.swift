import Foundation
import PacketCapturing
import Testing

@Suite struct `A key log` {
    @Test func `has each line once, whole, and for its owner only`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.keys"
            let log = try KeyLogFile(path: path)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    let end = number.isMultiple(of: 2) ? "\n" : ""
                    group.addTask { log.append(Array("CLIENT_RANDOM \(number) secret\(end)".utf8)) }
                }
            }
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(Set(lines) == Set((0..<200).map { "CLIENT_RANDOM \($0) secret" }))
            #expect(lines.count == 200)
            #expect(log.failure == nil)
            #expect(try permissions(of: path) == 0o600)
        }
    }

    @Test func `neither replaces a file nor follows a link`() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/a.keys", withDestinationPath: folder + "/b")
            #expect(throws: CaptureError.self) { try KeyLogFile(path: folder + "/a.keys") }
            #expect(!FileManager.default.fileExists(atPath: folder + "/b"))
        }
    }
}
