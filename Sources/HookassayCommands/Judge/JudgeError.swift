import DeliveryEvidence
import Foundation

/// Why evidence cannot be judged: the place, the problem and the way out in one sentence.
package struct JudgeError: Error, Sendable, Hashable, CustomStringConvertible {
    package var message: String

    init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}

/// Reads small files whole.
enum JudgedFile {
    /// The bytes of a plain file.
    ///
    /// - Throws: a ``JudgeError`` with nothing but the reason.
    static func bytes(_ path: String, atMost longest: Int) throws(JudgeError) -> Data {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw JudgeError(reason(errno)) }
        defer { close(descriptor) }
        var bytes = Data()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw JudgeError(reason(errno)) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= longest else { throw JudgeError("it is longer than \(longest) bytes") }
        }
    }

    /// Says that a plain file itself stands at a path, and no link to one.
    static func isPlain(_ path: String) -> Bool {
        // Of what cannot be looked at it is enough to know that it is in the way.
        let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        return type == .typeRegular
    }

    private static func reason(_ code: Int32) -> String {
        code == ENOENT ? "there is no such file" : String(cString: strerror(code)).lowercased()
    }
}
