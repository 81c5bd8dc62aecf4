import Foundation

/// Reads a file line by line, holding no more of it than one line and one chunk.
struct LineSource: ~Copyable {
    /// One line without its line feed.
    struct Line {
        var number: Int
        /// Where it stands in what is held at the moment.
        fileprivate var range: Range<Int>
        /// Says that a line feed ended it; the last line of a log whose writer was killed has none.
        var isWhole: Bool
    }

    private let path: String
    private let descriptor: Int32
    private let longestLine: Int
    private var buffer: [UInt8] = []
    /// What of the buffer is still to be given out.
    private var start = 0
    private var end = 0
    /// How much of that holds no line feed.
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

    /// The next line, or `nil` at the end of the file; its bytes are there until the next call.
    mutating func next() throws(EvidenceReadError) -> Line? {
        while true {
            if let feed = lineFeed() { return try take(upTo: feed, isWhole: true) }
            searched = end - start
            if searched > longestLine { throw tooLong() }
            if isAtEnd { return start == end ? nil : try take(upTo: end, isWhole: false) }
            try fill()
        }
    }

    /// Gives the bytes of the line that came last to `body`.
    func withBytes<Result>(of line: Line, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[line.range])) }
    }

    /// Where the next line feed stands.
    private func lineFeed() -> Int? {
        let from = start + searched
        guard from < end else { return nil }
        return buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + from, 0x0A, end - from) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private mutating func take(upTo feed: Int, isWhole: Bool) throws(EvidenceReadError) -> Line {
        number += 1
        let range = start..<feed
        guard range.count <= longestLine else { throw tooLong() }
        start = isWhole ? feed + 1 : feed
        searched = 0
        return Line(number: number, range: range, isWhole: isWhole)
    }

    private mutating func fill() throws(EvidenceReadError) {
        let kept = end - start
        if start > 0 {
            let from = start
            buffer.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                memmove(base, base + from, kept)
            }
            start = 0
            end = kept
        }
        if buffer.count < end + Self.chunk {
            // Twice as long each time, so that a very long line is not copied for every chunk of it.
            var larger = [UInt8](repeating: 0, count: max(2 * buffer.count, end + Self.chunk))
            larger.withUnsafeMutableBytes { larger in
                buffer.withUnsafeBytes { larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<kept])) }
            }
            buffer = larger
        }
        let offset = end
        let count = buffer.withUnsafeMutableBytes { bytes in
            read(descriptor, bytes.baseAddress?.advanced(by: offset), Self.chunk)
        }
        if count < 0, errno == EINTR { return }
        guard count >= 0 else {
            let reason = String(cString: strerror(errno))
            throw EvidenceReadError(path: path, line: number + 1, message: "the file cannot be read further: \(reason)")
        }
        isAtEnd = count == 0
        end += count
    }

    private func tooLong() -> EvidenceReadError {
        EvidenceReadError(
            path: path,
            line: number + 1,
            message: "the line is longer than \(longestLine) bytes; this is not an evidence log"
        )
    }
}
