import Foundation
import Notation
import Testing

@Suite struct `Source text` {
    @Test func `gives lines for every kind of line break`() {
        let source = SourceText(path: "a", text: "one\ntwo\r\nthree\rfour\n")
        #expect((0...6).map { source.line($0) } == [nil, "one", "two", "three", "four", "", nil])
        #expect(SourceText(path: "a", text: "").line(1) == "")
    }

    @Test(arguments: [
        (0, 1, 1), (2, 1, 3), (3, 1, 4), (4, 2, 1), (5, 2, 2), (6, 2, 2), (7, 2, 3), (8, 2, 4), (9, 3, 1), (99, 3, 2),
    ])
    func `finds the position of a byte`(_ offset: Int, _ line: Int, _ column: Int) {
        let source = SourceText(path: "a", text: "one\nxé\r\nz")
        #expect(source.position(atByte: offset) == SourcePosition(line: line, column: column))
    }
}

@Suite struct `Source file reading` {
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "notation-\(UUID().uuidString).yaml"
        try Data(bytes).write(to: URL(filePath: path))
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        try body(path)
    }

    @Test func `reads UTF-8 and drops a byte order mark`() throws {
        try withFile([0xEF, 0xBB, 0xBF] + Array("é: 1\r\n".utf8)) { path in
            let source = try SourceText.read(path: path)
            #expect(source == SourceText(path: path, text: "é: 1\r\n"))
        }
    }

    @Test func `reads a file of exactly the limit and refuses one byte more`() throws {
        let full = [UInt8](repeating: 0x61, count: SourceText.largestFile)
        try withFile(full) { path in
            let source = try SourceText.read(path: path)
            #expect(source.text.utf8.count == full.count)
        }
        try withFile(full + [0x61]) { path in
            let error = #expect(throws: Diagnostic.self) { try SourceText.read(path: path) }
            #expect(error?.message == "the file has more than 4MiB")
        }
    }

    @Test func `refuses what is not UTF-8`() throws {
        try withFile([0x61, 0xFF]) { path in
            let error = #expect(throws: Diagnostic.self) { try SourceText.read(path: path) }
            #expect(error?.message == "the file is not UTF-8 text")
            #expect(error?.path == path)
        }
    }

    @Test(arguments: [
        ("no/such/file.yaml", "there is no such file"), ("/", "this is a folder, not a file"),
        ("/dev/zero", "this is not a plain file"), ("", "there is no such file"),
    ])
    func `refuses what is not a file`(_ path: String, _ message: String) {
        let error = #expect(throws: Diagnostic.self) { try SourceText.read(path: path) }
        #expect(error?.message == message)
        #expect(error?.help != nil)
    }
}
