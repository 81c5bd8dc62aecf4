/// Cuts a program's output into lines, whatever it writes.
///
/// A line is kept up to 16 KiB; the rest of a longer one is dropped and its end marked, so that a program that never
/// ends a line cannot fill the memory.
package struct LineSplitter {
    /// The most bytes of a line that are kept.
    package static let longestLine = 16 * 1024
    private var line: [UInt8] = []
    private var isCut = false

    /// Starts at the beginning of a line.
    package init() {}

    /// Takes more output and returns the lines it completes.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(finishLine())
            } else if line.count < Self.longestLine {
                line.append(byte)
            } else {
                isCut = true
            }
        }
        return lines
    }

    /// The line that was begun and never ended, if there is one.
    package mutating func finish() -> String? {
        line.isEmpty ? nil : finishLine()
    }

    private mutating func finishLine() -> String {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self) + (isCut ? " …" : "")
        line.removeAll(keepingCapacity: true)
        isCut = false
        return text
    }
}
