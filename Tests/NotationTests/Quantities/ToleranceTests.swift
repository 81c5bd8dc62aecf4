import Notation
import Testing

@Suite struct `Tolerance notation` {
    @Test(arguments: [
        ("± 2%", Tolerance(early: .relative(0.02), late: .relative(0.02)), "± 2%"),
        ("±2%", Tolerance(early: .relative(0.02), late: .relative(0.02)), "± 2%"),
        ("+/- 500ms", Tolerance(early: .absolute(.milliseconds(500)), late: .absolute(.milliseconds(500))), "± 500ms"),
        ("-1s/+30s", Tolerance(early: .absolute(.seconds(1)), late: .absolute(.seconds(30))), "-1s/+30s"),
        ("+30s/-1s", Tolerance(early: .absolute(.seconds(1)), late: .absolute(.seconds(30))), "-1s/+30s"),
        ("-0s/+2%", Tolerance(early: .absolute(.zero), late: .relative(0.02)), "-0s/+2%"),
        ("\u{2212}1s / +30s", Tolerance(early: .absolute(.seconds(1)), late: .absolute(.seconds(30))), "-1s/+30s"),
        ("± 2.5%", Tolerance(early: .relative(0.025), late: .relative(0.025)), "± 2.5%"),
        ("± 0%", Tolerance(early: .relative(0), late: .relative(0)), "± 0%"),
    ])
    func `reads and writes`(_ text: String, _ tolerance: Tolerance, _ canonical: String) throws {
        #expect(try Tolerance.parse(text) == tolerance)
        #expect(tolerance.text == canonical)
        #expect(try Tolerance.parse(canonical) == tolerance)
    }

    @Test(arguments: [
        ("2%", "'2%' is not a tolerance"),
        ("± 2", "the tolerance '2' has no unit"),
        ("± 1001%", "'1001%' is over 1000%"),
        ("± x%", "'x%' is not a percentage"),
        ("± -2%", "'-2%' is not a percentage"),
        ("-1s", "'-1s' is not a tolerance"),
        ("-1s/-1s", "'-1s/-1s' is not a tolerance"),
        ("-1s/+1", "the tolerance '1' has no unit"),
        ("±", "'' is not a duration"),
        ("", "'' is not a tolerance"),
    ])
    func `refuses everything else`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try Tolerance.parse(text) }
        #expect(error?.message == message)
    }
}

@Suite struct `Time window notation` {
    @Test(arguments: [
        ("5m ± 2%", TimeWindow(earliest: .seconds(294), latest: .seconds(306), nominal: .seconds(300)), "5m ± 6s"),
        ("5m±2%", TimeWindow(earliest: .seconds(294), latest: .seconds(306), nominal: .seconds(300)), "5m ± 6s"),
        (
            "5m -1s/+30s", TimeWindow(earliest: .seconds(299), latest: .seconds(330), nominal: .seconds(300)),
            "5m -1s/+30s"
        ),
        ("4m50s..5m30s", TimeWindow(earliest: .seconds(290), latest: .seconds(330)), "4m50s..5m30s"),
        (" 4m50s .. 5m30s ", TimeWindow(earliest: .seconds(290), latest: .seconds(330)), "4m50s..5m30s"),
        ("0s..1s", TimeWindow(earliest: .zero, latest: .seconds(1)), "0s..1s"),
        (
            "1.5s +/- 500ms", TimeWindow(earliest: .seconds(1), latest: .seconds(2), nominal: .milliseconds(1500)),
            "1.5s ± 500ms"
        ),
    ])
    func `reads and writes`(_ text: String, _ window: TimeWindow, _ canonical: String) throws {
        #expect(try TimeWindow.parse(text) == window)
        #expect(window.text == canonical)
        #expect(try TimeWindow.parse(canonical) == window)
    }

    @Test func `never starts below zero`() throws {
        #expect(try TimeWindow.parse("1s ± 5s").earliest == .zero)
    }

    @Test func `contains both of its ends and nothing outside`() throws {
        let window = try TimeWindow.parse("4m50s..5m30s")
        #expect(window.contains(.seconds(290)) && window.contains(.seconds(330)))
        #expect(!window.contains(.seconds(290) - .nanoseconds(1)))
        #expect(!window.contains(.seconds(330) + .nanoseconds(1)))
    }

    @Test func `asks for the tolerance of a duration that stands alone`() {
        let error = #expect(throws: NotationError.self) { try TimeWindow.parse("5m") }
        #expect(error?.message == "'5m' has no tolerance")
        #expect(error?.help == "write `5m ± 2%`, `5m -0s/+1s` or a span such as `4m50s..5m30s`")
    }

    @Test func `takes the default tolerance for a duration that stands alone`() throws {
        let tolerance = Tolerance(early: .absolute(.zero), late: .relative(0.1))
        let window = try TimeWindow.parse("5m", default: tolerance)
        #expect(window == TimeWindow(earliest: .seconds(300), latest: .seconds(330), nominal: .seconds(300)))
        #expect(try TimeWindow.parse("5m ± 1s", default: tolerance).latest == .seconds(301))
    }

    @Test(arguments: [
        ("5", "the duration '5' has no unit"),
        ("5 ± 2%", "the duration '5' has no unit"),
        ("5m ± 2", "the tolerance '2' has no unit"),
        ("5m 2%", "'5m 2%' is not a time window"),
        ("5m30s..4m", "'5m30s..4m' ends before it starts"),
        ("..5m", "'' is not a duration"),
        ("-5m", "'-5m' is not a duration: it cannot be negative"),
    ])
    func `refuses everything else`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try TimeWindow.parse(text) }
        #expect(error?.message == message)
    }

    @Test func `stays finite for a large part of a long duration`() throws {
        #expect(try TimeWindow.parse("36500d ± 1000%").latest > DurationNotation.longest)
    }
}
