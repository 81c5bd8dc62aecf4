import Notation
import Testing

/// Reads a text that has to be right.
func yaml(_ text: String) throws -> YAMLNode {
    let log = DiagnosticLog(source: SourceText(path: "a.yaml", text: text))
    let node = YAMLReader.parse(log.source, log: log)
    try log.throwIfErrors()
    return try #require(node)
}

/// Reads a text that has to be wrong and gives all its problems as they are shown.
func problems(_ text: String) -> String {
    let log = DiagnosticLog(source: SourceText(path: "a.yaml", text: text))
    let node = YAMLReader.parse(log.source, log: log)
    #expect(node == nil)
    #expect(log.hasErrors)
    return log.list.rendered(sources: [log.source])
}

@Suite struct `YAML reading` {
    @Test func `keeps order, quoting and positions`() throws {
        let root = try yaml("b: [x, \"y\"]\na:\n  - k: 'v'\n")
        guard case .mapping(let mapping) = root else {
            Issue.record("not a mapping")
            return
        }
        #expect(mapping.entries.map(\.key.text) == ["b", "a"])
        #expect(mapping.position == SourcePosition(line: 1, column: 1))
        let x = YAMLScalar(text: "x", isQuoted: false, position: SourcePosition(line: 1, column: 5))
        let y = YAMLScalar(text: "y", isQuoted: true, position: SourcePosition(line: 1, column: 8))
        let list = YAMLSequence(items: [.scalar(x), .scalar(y)], position: SourcePosition(line: 1, column: 4))
        #expect(mapping["b"] == .sequence(list))
        guard case .sequence(let outer)? = mapping["a"], case .mapping(let inner)? = outer.items.first else {
            Issue.record("not a list of mappings")
            return
        }
        #expect(inner.entries[0].key.position == SourcePosition(line: 3, column: 5))
        #expect(inner["k"]?.position == SourcePosition(line: 3, column: 8))
        #expect(mapping["c"] == nil)
    }

    @Test(arguments: ["no", "on", "yes", "1:30", "0x1F", "1_000", "2001-12-14", "null", "~", "=", ".inf"])
    func `leaves every plain scalar as text`(_ text: String) throws {
        let position = SourcePosition(line: 1, column: 4)
        let scalar = YAMLScalar(text: text, isQuoted: false, position: position)
        #expect(
            try yaml("k: \(text)\n")
                == .mapping(
                    YAMLMapping(
                        entries: [
                            YAMLEntry(
                                key: YAMLScalar(
                                    text: "k",
                                    isQuoted: false,
                                    position: SourcePosition(line: 1, column: 1)
                                ),
                                value: .scalar(scalar)
                            )
                        ],
                        position: SourcePosition(line: 1, column: 1)
                    )
                )
        )
    }

    @Test func `reads block text, escapes and JSON`() throws {
        #expect(try yaml("k: |\n  a\n  b\n").json().compact() == #"{"k":"a\nb\n"}"#)
        #expect(try yaml("k: >-\n  a\n  b\n").json().compact() == #"{"k":"a b"}"#)
        #expect(try yaml(#"k: "\u2028\x41\0""#).json()["k"] == .string("\u{2028}A\u{0}"))
        #expect(try yaml(#"{"a": [1, {"b": null}]}"#).json().compact() == #"{"a":[1,{"b":null}]}"#)
        #expect(try yaml("# only\nplain text").json() == .string("plain text"))
    }

    @Test func `counts columns behind wide characters as the parser does`() throws {
        guard case .mapping(let mapping) = try yaml("日本: 👍\n") else { return }
        #expect(mapping["日本"]?.position == SourcePosition(line: 1, column: 5))
    }

    @Test func `names its kinds`() throws {
        guard case .sequence(let list) = try yaml("[a, [], {}]") else { return }
        #expect(list.items.map(\.kindName) == ["text", "a list", "a mapping"])
    }

    @Test func `takes ampersands and stars in text for text`() throws {
        let text = "a: \"x &y *z\"\nb: R &D, 2 *3\nc: |\n  - &x\n  - *x\nd: 'q=1&r=2'\n# &c *d\n"
        let expected = #"{"a":"x &y *z","b":"R &D, 2 *3","c":"- &x\n- *x\n","d":"q=1&r=2"}"#
        #expect(try yaml(text).json().compact() == expected)
    }
}

@Suite struct `YAML problems` {
    @Test(arguments: [
        ("", "a.yaml: error: the file is empty\n   = help: write at least one key"),
        ("# nothing\n", "a.yaml: error: the file is empty\n   = help: write at least one key"),
        (
            "a: 1\n---\nb: 2\n",
            """
            a.yaml:2:1: error: the file has a second document
             2 | ---
               | ^
               = help: keep one document in each file; `---` starts a new one
            """
        ),
        (
            "a: b: c\n",
            """
            a.yaml:1:5: error: mapping values are not allowed in this context
             1 | a: b: c
               |     ^
               = help: put text that contains `: ` in quotes, and check the indentation
            """
        ),
        (
            "a:\n\tb: 1\n",
            """
            a.yaml:2:1: error: found character that cannot start any token
             2 |     b: 1
               | ^
               = help: indent with spaces; YAML allows no tabs there
            """
        ),
        (
            "retry:\n  attempts: [1, 2\n  delays: 3\n",
            """
            a.yaml:3:9: error: did not find expected ',' or ']' (while parsing a flow sequence, which starts on line 2)
             3 |   delays: 3
               |         ^
               = help: separate items by commas, and close every bracket
            """
        ),
        (
            "a: \"open\nb: 1\n",
            """
            a.yaml:1:4: error: this is not closed before the end of the file (while scanning a quoted scalar)
             1 | a: "open
               |    ^
               = help: close the quotes or brackets
            """
        ),
        (
            "a: 1\n b: 2\n",
            """
            a.yaml:2:3: error: mapping values are not allowed in this context
             2 |  b: 2
               |   ^
               = help: put text that contains `: ` in quotes, and check the indentation
            """
        ),
        (
            "a:\n  - 1\n b: 2\n",
            """
            a.yaml:3:2: error: did not find expected key (while parsing a block mapping, which starts on line 1)
             3 |  b: 2
               |  ^
               = help: check the indentation: keys of one mapping start in the same column
            """
        ),
        (
            "a: @x\n",
            """
            a.yaml:1:4: error: found character that cannot start any token
             1 | a: @x
               |    ^
               = help: put text that starts with this character in quotes
            """
        ),
    ])
    func `points at the place of a syntax error`(_ text: String, _ expected: String) {
        #expect(problems(text) == expected)
    }

    @Test(arguments: [
        (
            "a: 1\nb: 2\na: 3\n",
            """
            a.yaml:3:1: error: the key `a` is given twice in one mapping
             3 | a: 3
               | ^
               = help: keep one of them; the first is on line 1
            """
        ),
        (
            "x:\n  - a: 1\n    b:\n      a: 2\n    \"a\": 3\n",
            """
            a.yaml:5:5: error: the key `a` is given twice in one mapping
             5 |     "a": 3
               |     ^
               = help: keep one of them; the first is on line 2
            """
        ),
        (
            "x: {a: 1, ab: 'a', c: {a: 4}, a: 3}\n",
            """
            a.yaml:1:31: error: the key `a` is given twice in one mapping
             1 | x: {a: 1, ab: 'a', c: {a: 4}, a: 3}
               |                               ^
               = help: keep one of them; the first is on line 1
            """
        ),
        (
            "? a\n: 1\n? a\n: 2\n",
            """
            a.yaml:1:3: error: the key `a` is given twice in one mapping
             1 | ? a
               |   ^
               = help: keep one of them; this is the first
            """
        ),
    ])
    func `points at the second of two equal keys`(_ text: String, _ expected: String) {
        #expect(problems(text) == expected)
    }

    @Test(arguments: [
        ("a: !secret x\n", "a.yaml:1:4: error: the tag `!secret` is not supported"),
        ("a: !!int 5\n", "a.yaml:1:4: error: the tag `!!int` is not supported"),
        ("a: !!map {}\n", "a.yaml:1:4: error: the tag `!!map` is not supported"),
        ("a: !list []\n", "a.yaml:1:4: error: the tag `!list` is not supported"),
        ("!k a: 1\n", "a.yaml:1:1: error: the tag `!k` is not supported"),
        ("a: &x 1\n", "a.yaml:1:4: error: anchors and aliases are not supported"),
        ("a: &x [1]\nb: *x\n", "a.yaml:1:4: error: anchors and aliases are not supported"),
        ("a: &x {c: 1}\nb:\n  <<: *x\n", "a.yaml:1:4: error: anchors and aliases are not supported"),
        ("a: *x\n", "a.yaml:1:4: error: anchors and aliases are not supported"),
        ("b:\n  <<: {a: 1}\n", "a.yaml:2:3: error: the merge key `<<` is not supported"),
        ("? [a, b]\n: 1\n", "a.yaml:1:3: error: a key has to be text, not a list or a mapping"),
        ("?\n: 1\n", "a.yaml:1:2: error: there is no key before this colon"),
        ("a: 1\nb: \u{7}\n", "a.yaml:2:4: error: the file has the control character U+0007"),
        (
            "a: x\u{2028}y\n",
            "a.yaml:1:5: error: the file has the line separator U+2028, which only some YAML readers take for a line break"
        ),
        ("a: \u{FEFF}\n", "a.yaml:1:4: error: the file has a byte order mark in the middle of the text"),
    ])
    func `refuses what is not in the common part of YAML`(_ text: String, _ first: String) {
        #expect(problems(text).split(separator: "\n").first.map(String.init) == first)
    }
}

@Suite struct `YAML limits` {
    @Test(arguments: [
        String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
        String(repeating: "- ", count: 100) + "x",
    ])
    func `refuses deep nesting`(_ text: String) {
        #expect(problems(text).contains("lists and mappings are nested deeper than 64"))
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[{"])
    func `survives absurd nesting`(_ piece: String) {
        #expect(problems(String(repeating: piece, count: 100_000)).contains("a.yaml:1:"))
    }

    @Test func `refuses more values than anyone writes`() {
        let text = String(repeating: "- 1\n", count: YAMLReader.mostNodes)
        #expect(problems(text).contains("the file has more than 100000 values"))
    }

    @Test(.timeLimit(.minutes(20)))
    func `refuses exponential aliases before they are expanded, in keys too`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1..<28 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(problems(text + "? *a27\n: 1\n").contains("a.yaml:1:5: error: anchors and aliases are not supported"))
    }
}
