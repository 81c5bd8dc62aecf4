import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Notation
import Testing

@Suite struct `JUnit reports` {
    private func render(_ scenarios: [ScenarioReport]) -> String {
        JUnitReport.render(RunReport(run: Samples.facts, scenarios: scenarios))
    }

    @Test func `show every way a scenario and a check can end`() {
        let report = JUnitReport.render(Samples.all)
        #expect(report == goldenReport)
    }

    @Test func `of nothing are whole all the same`() {
        let expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="hookassay" time="61.005" tests="0" failures="0" errors="0">
            </testsuites>

            """
        #expect(render([]) == expected)
    }

    @Test(arguments: [
        (Duration.zero, "0.000"), (.milliseconds(5), "0.005"), (.milliseconds(50), "0.050"), (.seconds(61), "61.000"),
        (.microseconds(1_234_567), "1.234"), (.seconds(1_000_000), "1000000.000"), (.seconds(-1), "0.000"),
    ])
    func `write times in seconds with three decimals`(_ duration: Duration, _ text: String) {
        let report = render([Samples.scenario("a/b", .notReached, duration: duration)])
        #expect(report.contains("skipped=\"1\" time=\"\(text)\""))
    }

    @Test func `give a scenario's time to its first case only, for readers add them up`() {
        let verdicts = [Samples.verdict("a.one", .held, "x"), Samples.verdict("a.two", .held, "x")]
        let report = render([Samples.scenario("a/b", Samples.judged("a/b", verdicts), duration: .seconds(3))])
        let times = report.matches(of: /<testcase .*time="([0-9.]+)"/).map { String($0.output.1) }
        #expect(times == ["3.000", "0.000", "0.000"])
    }

    @Test func `count what they hold`() {
        let report = JUnitReport.render(Samples.all)
        #expect(report.ranges(of: "<testcase ").count == 9)
        #expect(report.ranges(of: "<failure ").count == 1)
        #expect(report.ranges(of: "<error ").count == 3)
        #expect(report.ranges(of: "<skipped ").count == 3)
        #expect(report.contains(#"tests="9" failures="1" errors="3""#))
    }

    @Test func `name a check by its title and its id`() throws {
        let check = try #require(CheckCatalogue.all.first).description
        let verdicts = [Samples.verdict(check.id.rawValue, .held, "x")]
        let report = render([Samples.scenario("a/b", Samples.judged("a/b", verdicts))])
        #expect(report.contains("[\(check.id.rawValue)]\" time="))
    }

    @Test func `never have two cases of the same class and name`() {
        let verdicts = CheckCatalogue.all.map { Samples.verdict($0.description.id.rawValue, .held, "x") }
        let twin = Samples.scenario("a/b", Samples.judged("a/b", verdicts))
        let report = render([twin, twin, Samples.scenario("a/c", Samples.judged("a/c", verdicts))])
        let names = report.matches(of: /<testcase classname="([^"]*)" name="([^"]*)"/).map {
            "\($0.output.1)|\($0.output.2)"
        }
        #expect(names.count == 3 * (CheckCatalogue.all.count + 1))
        #expect(Set(names).count == names.count)
        #expect(names.contains("a.b-2|The scenario is carried through"))
    }

    @Test(arguments: ["yaml", "symbol", "array", "file", "integer", "string"])
    func `never have a type that readers take for one of data`(_ component: String) {
        let failure = HarnessFailed(component: component, message: "x")
        let verdicts = [
            Samples.verdict(component, .violated, "x"), Samples.verdict(component + ".x", .inconclusive, "x"),
        ]
        let report = render([Samples.scenario("a/b", Samples.judged("a/b", verdicts, failure: failure))])
        let types = report.matches(of: /type="([^"]*)"/).map { String($0.output.1) }
        #expect(types == ["harness.\(component)", "contract.\(component)", "inconclusive.\(component).x"])
    }

    @Test func `point at the promise, or at the scenario where there is none`() {
        let verdicts = [
            Samples.verdict("a.one", .violated, "x", place: ("Scenarios/acme/contract.yaml", 44)),
            Samples.verdict("a.two-three", .violated, "x"),
        ]
        let report = render([Samples.scenario("acme/s", Samples.judged("acme/s", verdicts))])
        #expect(report.contains("\nat acme.Check.a_one(contract.yaml:44)</failure>"))
        #expect(report.contains("\nat acme.Check.a_two_three(s.yaml:1)</failure>"))
    }

    @Test func `say when a scenario began, in UTC and whole seconds`() {
        let report = render([Samples.scenario("a/b", .notReached, began: .milliseconds(59_800))])
        #expect(report.contains(#"timestamp="2026-03-03T14:31:00""#))
    }
}
