import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Testing

@Suite struct `Hostile text in JUnit reports` {
    private func report(_ text: String) -> String {
        let failure = HarnessFailed(component: "dispatcher", message: text)
        let verdicts = [
            Samples.verdict("a.b", .violated, text, subject: text, details: [text], source: text),
            Samples.verdict("a.c", .unstated, text), Samples.verdict("a.d", .held, text),
        ]
        var scenario = Samples.scenario("a/b", Samples.judged("a/b", verdicts, failure: failure))
        scenario.title = text
        return JUnitReport.render(RunReport(run: Samples.facts, scenarios: [scenario]))
    }

    @Test func `cannot end an element or an attribute`() {
        let text = report("]]></failure><x a='1' b=\"2\">&amp;")
        #expect(!text.contains("]]>") && !text.contains("<x") && !text.contains("b=\"2\""))
        #expect(text.contains("]]&gt;&lt;/failure&gt;&lt;x a='1' b=&quot;2&quot;&gt;&amp;amp;"))
    }

    @Test func `shows the characters that XML cannot hold`() {
        let text = report("a\u{0}b\u{8}c\u{B}d\u{FFFE}e\u{85}f\u{7F}g")
        #expect(text.contains("a#x0b#x8c#xBd#xFFFEe#x85f#x7Fg"))
        let isLegal = text.unicodeScalars.allSatisfy {
            switch $0.value {
            case 0x9, 0xA, 0xD, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
            default: false
            }
        }
        #expect(isLegal)
    }

    @Test(arguments: [
        ("\u{1B}[31;1mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{7}x", "x"), ("\u{1B}]8;;http://h\u{1B}\\link", "link"),
        ("\u{9B}2Jclear", "clear"), ("\u{1B}(Bplain", "plain"), ("\u{1B}cfresh", "fresh"), ("a\u{1B}", "a#x1B"),
        ("cut \u{1B}[3", "cut #x1B[3"),
    ])
    func `loses the escape sequences of terminals`(_ text: String, _ shown: String) {
        #expect(report(text).contains("<system-out>\(shown)</system-out>"))
    }

    @Test func `has its line ends kept in a text and none in a message`() {
        let text = report("\n\none\r\ntwo\tthree")
        #expect(text.contains("message=\"one\""))
        #expect(text.contains("\n\none&#13;\ntwo\tthree"))
        for line in text.split(separator: "\n") where line.contains("<testcase") { #expect(line.hasSuffix("\">")) }
    }

    @Test func `keeps line ends of attributes that are no messages`() {
        var facts = Samples.facts
        facts.dispatcher = "one\ntwo\tthree"
        let report = JUnitReport.render(RunReport(run: facts, scenarios: [Samples.scenario("a/b", .notReached)]))
        #expect(report.contains(#"value="one&#10;two&#9;three""#))
    }

    @Test func `is cut when it is too long, and says so`() throws {
        let text = report(String(repeating: "é", count: 70_000))
        let failure = try #require(text.firstMatch(of: /<failure [^>]*>([^<]*)<\/failure>/)).output.1
        #expect(failure.utf8.count < 64_200)
        #expect(failure.contains("é\n… cut here; the whole of it is in the evidence\nat a.Check.a_b(b.yaml:1)"))
        for match in text.matches(of: /message="([^"]*)"/) { #expect(match.output.1.count <= 210) }
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test func `leaves a large report readable`() {
        let details = Array(repeating: String(repeating: "x", count: 60_000), count: 1)
        let verdicts = (0..<600).map { Samples.verdict("a.n\($0)", .violated, "x", details: details) }
        let scenario = Samples.scenario("a/b", Samples.judged("a/b", verdicts))
        let text = JUnitReport.render(RunReport(run: Samples.facts, scenarios: [scenario]))
        #expect(text.utf8.count < 21_000_000)
        #expect(text.ranges(of: "<failure ").count == 600)
    }
}
