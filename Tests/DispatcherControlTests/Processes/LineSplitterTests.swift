import DispatcherControl
import Testing

@Suite struct `Splitting of output into lines` {
    private func lines(_ chunks: [String]) -> [String] {
        var splitter = LineSplitter()
        var lines = chunks.flatMap { splitter.take($0.utf8) }
        if let last = splitter.finish() { lines.append(last) }
        return lines
    }

    @Test func `joins chunks and takes both ends of lines`() {
        #expect(lines(["on", "e\ntw", "o\r\n", "\n\r\nthree\rstill"]) == ["one", "two", "", "", "three\rstill"])
    }

    @Test func `gives a line without an end when the output is over`() {
        #expect(lines(["half"]) == ["half"])
        #expect(lines(["whole\n"]) == ["whole"])
        #expect(lines([]) == [])
    }

    @Test func `cuts a line that is too long, and says so`() {
        let limit = LineSplitter.longestLine
        let text = String(repeating: "x", count: limit)
        #expect(lines([text + "\n"]) == [text])
        #expect(lines([text, "yyy\nnext\n"]) == [text + " …", "next"])
    }

    @Test func `keeps lines that are no text`() {
        var splitter = LineSplitter()
        #expect(splitter.take([0x61, 0xFF, 0x62, 0x0A] as [UInt8]) == ["a\u{FFFD}b"])
    }
}
