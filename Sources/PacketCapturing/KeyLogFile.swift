import Synchronization

/// The secrets of TLS connections in the form of NSS key logs (`SSLKEYLOGFILE`), with which Wireshark decrypts a capture.
///
/// Only its owner may read the file: whoever has it and the capture reads everything. It is no part of the evidence.
package final class KeyLogFile: Sendable {
    private let file: PrivateFile
    private let firstFailure = Mutex<CaptureError?>(nil)

    /// Makes the file, with no line in it yet.
    ///
    /// - Throws: `CaptureError` when it cannot be made, or when something stands at the path already.
    package init(path: String) throws(CaptureError) {
        file = try PrivateFile(path: path)
    }

    /// Appends one line of the TLS library, with or without its newline; from any thread.
    ///
    /// A line that cannot be written is missing; ``failure`` says so.
    package func append(_ line: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        do {
            try file.append(line.last == newline ? line : line + [newline])
        } catch {
            firstFailure.withLock { $0 = $0 ?? error }
        }
    }

    /// Why a line could not be written, or `nil`.
    package var failure: CaptureError? { firstFailure.withLock { $0 } }
}
