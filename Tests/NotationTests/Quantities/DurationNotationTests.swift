import Notation
import Testing

@Suite struct `Duration notation` {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("1.5s", .milliseconds(1500)), ("5m", .seconds(300)),
        ("4m50s", .seconds(290)), ("2h", .seconds(7200)), ("1d", .seconds(86400)), ("0s", .zero),
        ("250us", .microseconds(250)), ("7ns", .nanoseconds(7)),
        ("1d2h3m4s5ms6us7ns", .nanoseconds(93_784_005_006_007)),
        ("0.5h", .seconds(1800)), ("90s", .seconds(90)), ("36500d", .seconds(3_153_600_000)),
        ("100.000000001s", .nanoseconds(100_000_000_001)), ("1000000000000ns", .seconds(1000)),
    ])
    func `reads every unit`(_ text: String, _ duration: Duration) throws {
        #expect(try DurationNotation.parse(text) == duration)
    }

    @Test(arguments: [
        (Duration.seconds(300), "5m"), (.seconds(90), "1m30s"), (.milliseconds(250), "250ms"), (.zero, "0s"),
        (.milliseconds(1500), "1.5s"), (.seconds(3600), "1h"), (.seconds(86400 + 60), "1d1m"),
        (.milliseconds(60_250), "1m0.25s"), (.microseconds(1500), "1.5ms"), (.nanoseconds(1001), "1.001us"),
        (.nanoseconds(999), "999ns"), (.seconds(-90), "-1m30s"), (.nanoseconds(100_000_000_001), "1m40.000000001s"),
    ])
    func `writes the canonical form`(_ duration: Duration, _ text: String) throws {
        #expect(DurationNotation.text(duration) == text)
        if duration >= .zero { #expect(try DurationNotation.parse(text) == duration) }
    }

    @Test func `refuses a bare number and says what to write`() {
        let error = #expect(throws: NotationError.self) { try DurationNotation.parse("300") }
        #expect(error?.message == "the duration '300' has no unit")
        #expect(error?.help == "write `300s` or `300m`, for example")
    }

    @Test(arguments: [
        ("", "'' is not a duration"),
        ("soon", "'soon' is not a duration"),
        ("s", "'s' is not a duration"),
        ("-5m", "'-5m' is not a duration: it cannot be negative"),
        ("+5m", "'+5m' is not a duration"),
        ("5 m", "' m' is not a unit of time"),
        ("5min", "'min' is not a unit of time"),
        ("5M", "'M' is not a unit of time"),
        ("5w", "'w' is not a unit of time"),
        ("1m30", "the last number of '1m30' has no unit"),
        ("30s5m", "'30s5m' has its units out of order"),
        ("5m5m", "'5m5m' has its units out of order"),
        ("1.5m30s", "'1.5m30s' has a fraction before its last unit"),
        ("1.s", "'1.s' is not a duration"),
        (".5s", "'.5s' is not a duration"),
        ("1.2.3s", "'1.2.3s' is not a duration"),
        ("1e3s", "'e' is not a unit of time"),
        ("0.5ns", "'0.5ns' is finer than a nanosecond"),
        ("36501d", "'36501d' is longer than 36500 days"),
        ("36500d1ns", "'36500d1ns' is longer than 36500 days"),
        ("999999999999999d", "'999999999999999d' is longer than 36500 days"),
        ("99999999999999999999s", "'99999999999999999999s' is not a duration"),
        ("٥m", "'٥m' is not a duration"),
    ])
    func `refuses everything else`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try DurationNotation.parse(text) }
        #expect(error?.message == message)
        #expect(error?.help != nil)
    }

    @Test(arguments: [("5min", "m"), ("5 m", "m"), ("5 seconds", "s"), ("5M", "m"), ("5hrs", "h"), ("5µs", "us")])
    func `suggests the unit that was meant`(_ text: String, _ unit: String) {
        let error = #expect(throws: NotationError.self) { try DurationNotation.parse(text) }
        #expect(error?.help == "write `\(unit)`, right after the number")
    }
}
