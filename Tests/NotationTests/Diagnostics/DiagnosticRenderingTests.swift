import Notation
import Testing

@Suite struct `Diagnostic rendering` {
    private func rendered(_ text: String, line: Int, column: Int, help: String? = nil) -> String {
        let source = SourceText(path: "a.yaml", text: text)
        let position = SourcePosition(line: line, column: column)
        return Diagnostic(path: "a.yaml", position: position, message: "wrong", help: help).rendered(in: source)
    }

    @Test func `shows place, line, caret and help`() {
        let expected = """
            a.yaml:2:10: error: wrong
             2 |   after: soon
               |          ^
               = help: write `5s`
            """
        #expect(rendered("retry:\n  after: soon\n", line: 2, column: 10, help: "write `5s`") == expected)
    }

    @Test func `widens the margin with the line number`() {
        let expected = """
            a.yaml:100:1: error: wrong
             100 | x
                 | ^
                 = help: h
            """
        #expect(rendered(String(repeating: "\n", count: 99) + "x", line: 100, column: 1, help: "h") == expected)
    }

    @Test func `shows a warning without line when the source is not at hand`() {
        let diagnostic = Diagnostic(
            severity: .warning,
            path: "a.yaml",
            position: SourcePosition(line: 1, column: 2),
            message: "odd",
            help: "look"
        )
        #expect(diagnostic.rendered(in: nil) == "a.yaml:1:2: warning: odd\n   = help: look")
        #expect(diagnostic.rendered(in: SourceText(path: "b.yaml", text: "x")) == diagnostic.rendered(in: nil))
    }

    @Test func `shows only the path when the problem is the file itself`() {
        let diagnostic = Diagnostic(path: "a.yaml", position: nil, message: "there is no such file")
        #expect(diagnostic.rendered(in: nil) == "a.yaml: error: there is no such file")
    }

    @Test(arguments: [
        ("\tkey: x", 2, "    key: x", 4), ("日本: x", 3, "日本: x", 4), ("e\u{301}a: x", 3, "e\u{301}a: x", 1),
        ("👍: x", 2, "👍: x", 2), ("a\u{1B}[31mb", 7, "a\\u{1B}[31mb", 11), ("ab", 9, "ab", 2),
        ("a\u{202E}b", 3, "a\\u{202E}b", 9),
        ("", 1, "", 0),
    ])
    func `puts the caret under the character`(_ line: String, _ column: Int, _ shown: String, _ cell: Int) {
        let caret = String(repeating: " ", count: cell) + "^"
        let first = shown.isEmpty ? " 1 |" : " 1 | \(shown)"
        #expect(rendered(line, line: 1, column: column) == "a.yaml:1:\(column): error: wrong\n\(first)\n   | \(caret)")
    }

    @Test func `cuts a long line around the caret`() {
        let line = String(repeating: "a", count: 200) + "X" + String(repeating: "b", count: 200)
        let lines = rendered(line, line: 1, column: 201).split(separator: "\n")
        let excerpt = String(repeating: "a", count: 66) + "X" + String(repeating: "b", count: 32)
        #expect(lines[1] == " 1 | …\(excerpt)…")
        #expect(lines[2] == "   | \(String(repeating: " ", count: 67))^")
    }

    @Test func `cuts a long line at its start when the caret is there`() {
        let lines = rendered(String(repeating: "a", count: 200), line: 1, column: 1).split(separator: "\n")
        #expect(lines[1] == " 1 | \(String(repeating: "a", count: 100))…")
        #expect(lines[2] == "   | ^")
    }

    @Test func `finds the caret in a line of a million characters`() {
        let line = String(repeating: "a", count: 1_000_000) + "X" + String(repeating: "b", count: 1_000_000)
        let lines = rendered(line, line: 1, column: 1_000_001).split(separator: "\n")
        #expect(lines[1].count < 120)
        #expect(Array(lines[1])[lines[2].count - 1] == "X")
    }

    @Test func `makes hostile messages and paths harmless`() {
        let diagnostic = Diagnostic(
            path: "a\u{1B}[2J.yaml",
            position: nil,
            message: "bad\n\u{7}\u{9B}",
            help: "\u{202E}"
        )
        #expect(
            diagnostic.rendered(in: nil)
                == "a\\u{1B}[2J.yaml: error: bad\\n\\u{7}\\u{9B}\n   = help: \\u{202E}"
        )
    }

    @Test func `cuts a message that quotes a huge value`() {
        let diagnostic = Diagnostic(path: "a", position: nil, message: String(repeating: "x", count: 10_000))
        #expect(diagnostic.rendered(in: nil) == "a: error: \(String(repeating: "x", count: 600))…")
    }
}

@Suite struct `Diagnostic collecting` {
    @Test func `sorts by file and position, and keeps the order at one place`() {
        func diagnostic(_ path: String, _ line: Int?, _ message: String) -> Diagnostic {
            Diagnostic(
                path: path,
                position: line.map { SourcePosition(line: $0, column: 1) },
                message: message
            )
        }
        let list = DiagnosticList([
            diagnostic("b", 1, "5"), diagnostic("a", 9, "4"), diagnostic("a", 2, "2"), diagnostic("a", 2, "3"),
            diagnostic("a", nil, "1"),
        ])
        #expect(list.diagnostics.map(\.message) == ["1", "2", "3", "4", "5"])
    }

    @Test func `renders each problem with its own file`() {
        let log = DiagnosticLog(source: SourceText(path: "a.yaml", text: "x: 1\ny: 2\n"))
        log.warning("second", at: SourcePosition(line: 2, column: 1))
        #expect(!log.hasErrors)
        log.error("first", at: SourcePosition(line: 1, column: 4), help: "do")
        #expect(log.hasErrors)
        let expected = """
            a.yaml:1:4: error: first
             1 | x: 1
               |    ^
               = help: do
            a.yaml:2:1: warning: second
             2 | y: 2
               | ^
            """
        #expect(log.list.rendered(sources: [log.source]) == expected)
        #expect(throws: DiagnosticList.self) { try log.throwIfErrors() }
    }

    @Test func `does not throw for warnings`() {
        let log = DiagnosticLog(source: SourceText(path: "a", text: ""))
        log.warning("odd", at: nil)
        #expect(throws: Never.self) { try log.throwIfErrors() }
        #expect(!log.list.hasErrors)
    }

    @Test func `keeps a bounded number of problems and always the first error`() {
        let log = DiagnosticLog(source: SourceText(path: "a", text: ""))
        for number in 0..<1000 { log.warning("\(number)", at: nil) }
        for number in 0..<1000 { log.error("error \(number)", at: nil) }
        #expect(log.diagnostics.count == DiagnosticLog.mostDiagnostics + 1)
        #expect(log.diagnostics.last?.message == "error 0")
    }
}
