import Notation
import Testing

private enum ClockMode: String, CaseIterable {
    case real
    case warped
}

@Suite struct `Mapping reader` {
    /// Reads a mapping with a closure and gives the problems as they are shown.
    private func read(_ text: String, _ body: (inout MappingReader) -> Void) throws -> String {
        let log = DiagnosticLog(source: SourceText(path: "a.yaml", text: text))
        guard case .mapping(let mapping)? = YAMLReader.parse(log.source, log: log) else { throw log.list }
        var reader = MappingReader(mapping, log: log, what: "a retry clause")
        body(&reader)
        return log.list.rendered(sources: [log.source])
    }

    @Test func `reads every shape`() throws {
        let text = """
            name: ''
            attempts: 3
            on_start: false
            after: 4m50s
            body: 20kB
            seen: at most 3
            gap: 5m ± 2%
            late: 5m
            clock: warped
            tags: [a, 'b']
            tag: a
            nested: {x: 1}
            list: [1, 2]
            """
        let shown = try read(text) { reader in
            #expect(reader.text("name") == "")
            #expect(reader.int("attempts", in: 1...10) == 3)
            #expect(reader.bool("on_start") == false)
            #expect(reader.duration("after") == .seconds(290))
            #expect(reader.size("body") == 20000)
            #expect(reader.count("seen") == CountRange(lowest: 0, highest: 3))
            #expect(reader.window("gap")?.latest == .seconds(306))
            let tolerance = Tolerance(early: .absolute(.zero), late: .absolute(.seconds(1)))
            #expect(reader.window("late", default: tolerance)?.latest == .seconds(301))
            #expect(reader.choice("clock", ClockMode.self) == .warped)
            #expect(reader.texts("tags") == ["a", "b"])
            #expect(reader.texts("tag") == ["a"])
            #expect(reader.mapping("nested")?.entries.count == 1)
            #expect(reader.sequence("list")?.items.count == 2)
            #expect(reader.required("list") != nil)
            #expect(reader.keyPosition("attempts") == SourcePosition(line: 2, column: 1))
            reader.finish()
        }
        #expect(shown == "")
    }

    @Test func `gives nil for what is absent without a word`() throws {
        let shown = try read("x: 1") { reader in
            #expect(reader.text("a") == nil && reader.int("b", in: 0...1) == nil && reader.bool("c") == nil)
            #expect(reader.duration("d") == nil && reader.texts("e") == nil && reader.mapping("f") == nil)
            #expect(reader.sequence("g") == nil && reader.choice("h", ClockMode.self) == nil)
            reader.finish(alsoKnown: ["x"])
        }
        #expect(shown == "")
    }

    @Test func `tells a missing key at the mapping`() throws {
        let expected = """
            a.yaml:1:1: error: a retry clause needs the key `attempts`
             1 | delays: [5m]
               | ^
               = help: add `attempts:`
            """
        let shown = try read("delays: [5m]") { #expect($0.required("attempts") == nil) }
        #expect(shown == expected)
    }

    @Test func `tells unknown keys with what was probably meant`() throws {
        let expected = """
            a.yaml:2:1: error: `atempts` is not a key of a retry clause
             2 | atempts: 3
               | ^
               = help: did you mean `attempts`?
            a.yaml:3:1: error: `colour` is not a key of a retry clause
             3 | colour: red
               | ^
               = help: the keys are `delays`, `attempts`, `why`
            """
        let shown = try read("delays: [5m]\natempts: 3\ncolour: red\n") { reader in
            #expect(reader.texts("delays") == ["5m"])
            #expect(reader.int("attempts", in: 1...9) == nil)
            reader.finish(alsoKnown: ["why", "delays"])
        }
        #expect(shown == expected)
    }

    @Test func `does not suggest a key that is already there`() throws {
        let shown = try read("delay: 1\ndelays: 2\n") { reader in
            #expect(reader.text("delays") == "2")
            reader.finish()
        }
        #expect(shown.contains("= help: the keys are `delays`"))
    }

    @Test func `tells a duration without unit at its value`() throws {
        let expected = """
            a.yaml:1:8: error: `after`: the duration '300' has no unit
             1 | after: 300
               |        ^
               = help: write `300s` or `300m`, for example
            """
        let shown = try read("after: 300") { #expect($0.duration("after") == nil) }
        #expect(shown == expected)
    }

    @Test func `tells a word that is not among the choices`() throws {
        let expected = """
            a.yaml:1:4: error: `k` cannot be 'wraped'
             1 | k: wraped
               |    ^
               = help: did you mean `warped`?
            """
        let shown = try read("k: wraped") { #expect($0.choice("k", ClockMode.self) == nil) }
        #expect(shown == expected)
        let other = try read("k: slow") { #expect($0.choice("k", ClockMode.self) == nil) }
        #expect(other.contains("= help: the choices are `real`, `warped`"))
    }

    @Test(arguments: [
        ("k: [1]", "`k` must be text, not a list"),
        ("k: {a: 1}", "`k` must be text, not a mapping"),
        ("k:", "`k` has no value; it must be text"),
    ])
    func `refuses other shapes as text`(_ text: String, _ message: String) throws {
        let shown = try read(text) { #expect($0.text("k") == nil) }
        #expect(shown.contains("error: \(message)\n"))
    }

    @Test(arguments: [
        ("k: 0", "`k` must be a whole number from 1 to 10, not '0'"),
        ("k: 11", "`k` must be a whole number from 1 to 10, not '11'"),
        ("k: 1.0", "`k` must be a whole number from 1 to 10, not '1.0'"),
        ("k: '3'", "`k` must be a whole number from 1 to 10, not '3'"),
        ("k: three", "`k` must be a whole number from 1 to 10, not 'three'"),
        ("k: 99999999999999999999", "`k` must be a whole number from 1 to 10, not '99999999999999999999'"),
        ("k: []", "`k` must be a whole number from 1 to 10, not a list"),
    ])
    func `refuses other shapes as a number`(_ text: String, _ message: String) throws {
        let shown = try read(text) { #expect($0.int("k", in: 1...10) == nil) }
        #expect(shown.contains("error: \(message)\n"))
        #expect(shown.contains("leave out the quotes") == text.contains("'3'"))
    }

    @Test(arguments: [
        ("k: yes", "not 'yes'", "write `true`"), ("k: off", "not 'off'", "write `false`"),
        ("k: True", "not 'True'", "write `true`"), ("k: 'false'", "not 'false'", "write `false`"),
    ])
    func `refuses everything but true and false as a truth value`(
        _ text: String,
        _ message: String,
        _ help: String
    ) throws {
        let shown = try read(text) { #expect($0.bool("k") == nil) }
        #expect(shown.contains("`k` must be `true` or `false`, \(message)\n"))
        #expect(shown.hasSuffix("= help: \(help)"))
    }

    @Test func `refuses other shapes as a list or a mapping`() throws {
        let list = try read("k: a") { #expect($0.sequence("k") == nil) }
        #expect(list.contains("`k` must be a list, not text\n"))
        let mapping = try read("k: [a]") { #expect($0.mapping("k") == nil) }
        #expect(mapping.contains("`k` must be a mapping, not a list\n"))
        let texts = try read("k: [a, [b]]") { #expect($0.texts("k") == nil) }
        #expect(texts.contains("a.yaml:1:8: error: each item of `k` must be text, not a list\n"))
        let hole = try read("k:\n  - a\n  -\n") { #expect($0.texts("k") == nil) }
        #expect(hole.contains("error: each item of `k` must be text, not nothing\n"))
    }
}
