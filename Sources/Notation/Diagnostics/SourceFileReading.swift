import Foundation

extension SourceText {
    /// The largest file that is read, in bytes (4 MiB): no contract or scenario written by hand comes near it.
    package static let largestFile = 4 * 1024 * 1024

    /// Reads a UTF-8 text file of at most ``largestFile`` bytes; a byte order mark at its start is dropped.
    ///
    /// - Throws: a ``Diagnostic`` without position when the file is missing, not a plain file, not readable, too large
    ///   or not UTF-8.
    package static func read(path: String) throws(Diagnostic) -> SourceText {
        let bytes = try readBytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw problem(path, "the file is not UTF-8 text", help: "save it as UTF-8 text")
        }
        guard text.unicodeScalars.first == "\u{FEFF}" else { return SourceText(path: path, text: text) }
        return SourceText(path: path, text: String(text.unicodeScalars.dropFirst()))
    }

    private static func readBytes(_ path: String) throws(Diagnostic) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw openProblem(path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw openProblem(path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw problem(path, "this is a folder, not a file", help: "name a file in it")
        default: throw problem(path, "this is not a plain file", help: "name a plain file")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= largestFile {
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw openProblem(path, code: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
        let limit = SizeNotation.text(largestFile)
        throw problem(path, "the file has more than \(limit)", help: "check that it is the right file")
    }

    private static func openProblem(_ path: String, code: Int32) -> Diagnostic {
        switch code {
        case ENOENT, ENOTDIR: problem(path, "there is no such file", help: "check the path")
        case EACCES, EPERM: problem(path, "the file may not be read", help: "check its permissions")
        default: problem(path, "the file cannot be read: \(String(cString: strerror(code)))", help: nil)
        }
    }

    private static func problem(_ path: String, _ message: String, help: String?) -> Diagnostic {
        Diagnostic(path: path, position: nil, message: message, help: help)
    }
}
