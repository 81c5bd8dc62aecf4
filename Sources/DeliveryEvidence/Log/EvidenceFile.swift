import Foundation

/// Why an evidence log could not be opened or written to.
package struct EvidenceLogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The log's path.
    package var path: String
    /// What went wrong, with the way out, in one sentence.
    package var message: String

    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}

/// The file behind an evidence log, open for appending until it is gone.
struct EvidenceFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Makes a new file; a plain file that is there already is replaced (whoever has it open keeps the old one).
    init(path: String) throws(EvidenceLogError) {
        self.path = path
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, unlink(path) != 0 {
            throw Self.error(path, "the old evidence log cannot be replaced", code: errno)
        }
        // Owner only: redaction covers what the harness knows to be secret, not what a payload holds.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error(path, "the evidence log cannot be created", code: errno) }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Writes all of `bytes`, going on after a short write.
    func append(_ bytes: [UInt8]) throws(EvidenceLogError) {
        let code = bytes.withUnsafeBytes { bytes -> Int32 in
            var offset = 0
            while offset < bytes.count {
                let count = write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return errno }
                offset += count
            }
            return 0
        }
        if code != 0 { throw Self.error(path, "the evidence log cannot be written to", code: code) }
    }

    private static func error(_ path: String, _ message: String, code: Int32) -> EvidenceLogError {
        let wayOut =
            switch code {
            case ENOENT, ENOTDIR: "create its folder first"
            case EACCES, EPERM, EROFS: "choose a folder that can be written to"
            case EISDIR: "choose a name that is not a folder's"
            case ENOSPC, EDQUOT: "free some disk space and run again"
            default: "check the file system and run again"
            }
        return EvidenceLogError(path: path, message: "\(message) (\(String(cString: strerror(code)))); \(wayOut)")
    }
}
