import Glibc

/// A new file that only its owner may read, open for appending until it is gone.
struct PrivateFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Makes the file.
    ///
    /// - Throws: `CaptureError` when that is not possible, or when anything stands at the path already: what somebody else
    ///   has put there is neither written to nor followed.
    init(path: String) throws(CaptureError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CaptureError(path: path, "the file cannot be created", code: errno) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Writes all of `bytes`, going on after a short write.
    func append(_ bytes: [UInt8]) throws(CaptureError) {
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
        if code != 0 { throw CaptureError(path: path, "the file cannot be written to", code: code) }
    }
}
