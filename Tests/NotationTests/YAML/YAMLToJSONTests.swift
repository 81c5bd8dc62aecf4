import Notation
import Testing

@Suite struct `YAML as JSON` {
    @Test(arguments: [
        ("null", "null"), ("~", "null"), ("Null", "null"), ("", "null"), ("true", "true"), ("FALSE", "false"),
        ("3", "3"), ("-0", "-0"), ("1.0", "1.0"), ("1e400", "1e400"), ("9007199254740993", "9007199254740993"),
        ("+5", "5"), ("007", "7"), ("000", "0"), (".5", "0.5"), ("-.5", "-0.5"), ("5.", "5.0"), ("1.e3", "1.0e3"),
        ("0x1F", "31"), ("0o17", "15"),
    ])
    func `types plain scalars by the core schema`(_ text: String, _ json: String) throws {
        #expect(try yaml("k: \(text)").json().compact() == "{\"k\":\(json)}")
    }

    @Test(arguments: [
        "no", "yes", "on", "off", "y", "1:30", "1_000", "0b1", "2001-12-14", ".inf", "-.inf", ".nan", "1e", "e3", ".",
        "+", "0x", "0x+1", "0xFFFFFFFFFFFFFFFFF", "tRUE", "1\u{308}", "٣", "1 2",
    ])
    func `leaves everything else text`(_ text: String) throws {
        #expect(try yaml("k: \(text)").json()["k"] == .string(text))
    }

    @Test(arguments: ["null", "true", "3", ""])
    func `takes quoted scalars for text`(_ text: String) throws {
        #expect(try yaml("k: '\(text)'").json()["k"] == .string(text))
        #expect(try yaml("k: \"\(text)\"").json()["k"] == .string(text))
    }

    @Test func `keeps the order of keys`() throws {
        #expect(try yaml("z: 1\na: [x, {c: 2, b: 3}]\n").json().compact() == #"{"z":1,"a":["x",{"c":2,"b":3}]}"#)
    }
}
