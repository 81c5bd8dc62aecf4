import Foundation
import Notation

/// Reads the body of an answer: written, from a file, or made by the receiver.
struct BodyReader {
    let log: DiagnosticLog

    /// The keys that are read here, of which one may be given.
    static let keys = ["body", "body_file", "size", "gzip_bomb"]
    /// The largest file that is read, in bytes; anything larger can be made by `size`.
    static let largestFile = 16 * 1024 * 1024

    func read(into response: inout Response, _ reader: inout MappingReader) {
        let given = Self.keys.filter { reader.node($0) != nil }
        if given.count > 1 {
            log.error(
                "`\(given[0])` and `\(given[1])` exclude each other",
                at: reader.keyPosition(given[1]),
                help: "an answer has one body; leave the others out"
            )
        }
        guard let key = given.first else { return }
        (response.body, response.filler) = ("", nil)
        switch key {
        case "body": response.body = reader.text("body") ?? ""
        case "body_file": response.body = file(&reader) ?? ""
        case "size": response.filler = size("size", &reader).map { .size($0) }
        default: response.filler = size("gzip_bomb", &reader).map { .gzip(inflated: $0) }
        }
    }

    private func size(_ key: String, _ reader: inout MappingReader) -> Int? {
        reader.value(key, wanted: "a size such as `5 MiB`") { text throws(NotationError) in
            let bytes = try SizeNotation.parse(text)
            guard (1...Fault.Point.mostBytes).contains(bytes) else {
                throw NotationError(message: "'\(text)' is not a size from 1 byte to 1024GiB", help: nil)
            }
            return bytes
        }
    }

    private func file(_ reader: inout MappingReader) -> String? {
        let folder = log.source.path
        return reader.value("body_file", wanted: "the path of a file") { name throws(NotationError) in
            let path = ScenarioPaths.contract(name, besides: folder)
            var status = stat()
            guard stat(path, &status) == 0 else {
                throw NotationError(
                    message: "there is no file '\(name)'",
                    help: "its path counts from this file's folder"
                )
            }
            // A pipe or a device would never end.
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw NotationError(message: "'\(name)' is not a plain file", help: "name a plain file")
            }
            guard status.st_size <= Self.largestFile else {
                throw NotationError(
                    message: "'\(name)' has more than \(SizeNotation.text(Self.largestFile))",
                    help: "write `size: \(status.st_size) bytes` when the bytes do not matter"
                )
            }
            let data: Data
            do {
                data = try Data(contentsOf: URL(filePath: path))
            } catch {
                throw NotationError(message: "'\(name)' cannot be read", help: "check its permissions")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw NotationError(message: "'\(name)' is not UTF-8 text", help: "save it as UTF-8 text")
            }
            return text
        }
    }
}
