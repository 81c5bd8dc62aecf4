import Foundation

/// Reads a file line by line, holding no more of it than one line and one chunk.
struct LineSource: ~Copyable {
    /// One line without its line feed.
    struct Line {
        var number: Int
        var bytes: Data
        /// Says that a line feed ended it; the last line of a log whose writer was killed has none.
        var isWhole: Bool
    }

    private let path: String
    private let descriptor: Int32
    private let longestLine: Int
    private var buffered = Data()
    private var searched = 0
    private var number = 0
    private var isAtEnd = false
    private static let chunk = 1 << 20

    init(path: String, longestLine: Int) throws(EvidenceReadError) {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw EvidenceReadError(
                path: path,
                message: errno == ENOENT
                    ? "there is no such file; check the path"
                    : "the file cannot be read: \(String(cString: strerror(errno)))"
            )
        }
        self.path = path
        self.descriptor = descriptor
        self.longestLine = longestLine
    }

    deinit {
        close(descriptor)
    }

    /// The next line, or `nil` at the end of the file.
    mutating func next() throws(EvidenceReadError) -> Line? {
        while true {
            if let end = buffered[(buffered.startIndex + searched)...].firstIndex(of: 0x0A) {
                return try take(upTo: end, isWhole: true)
            }
            searched = buffered.count
            if searched > longestLine { throw tooLong() }
            if isAtEnd { return buffered.isEmpty ? nil : try take(upTo: buffered.endIndex, isWhole: false) }
            try fill()
        }
    }

    private mutating func take(upTo end: Data.Index, isWhole: Bool) throws(EvidenceReadError) -> Line {
        number += 1
        let bytes = Data(buffered[buffered.startIndex..<end])
        guard bytes.count <= longestLine else { throw tooLong() }
        buffered = isWhole ? buffered[(end + 1)...] : Data()
        searched = 0
        return Line(number: number, bytes: bytes, isWhole: isWhole)
    }

    private mutating func fill() throws(EvidenceReadError) {
        var chunk = [UInt8](repeating: 0, count: Self.chunk)
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { return }
        guard count >= 0 else {
            let reason = String(cString: strerror(errno))
            throw EvidenceReadError(path: path, line: number + 1, message: "the file cannot be read further: \(reason)")
        }
        isAtEnd = count == 0
        // A slice keeps all it was cut from; a fresh copy lets go of what was read.
        buffered = Data(buffered) + chunk[..<count]
    }

    private func tooLong() -> EvidenceReadError {
        EvidenceReadError(
            path: path,
            line: number + 1,
            message: "the line is longer than \(longestLine) bytes; this is not an evidence log"
        )
    }
}
