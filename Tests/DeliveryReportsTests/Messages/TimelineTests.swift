import ContractJudging
import DeliveryReports
import Testing

@Suite struct `Timeline text` {
    private typealias Bar = AttemptTimeline.Bar
    private typealias Window = AttemptTimeline.Window

    private func bar(_ ordinal: Int, _ began: Duration, held: Duration = .zero, _ caption: String = "500") -> Bar {
        Bar(ordinal: ordinal, began: began, ended: began + held, caption: caption)
    }

    private func timeline(
        _ bars: [Bar],
        _ windows: [Window] = [],
        _ marks: [AttemptTimeline.Mark] = []
    ) -> AttemptTimeline {
        AttemptTimeline(zero: "attempt 1 came", bars: bars, windows: windows, marks: marks)
    }

    @Test func `draws even waits to one scale`() {
        let bars = (1...3).map { bar($0, .seconds($0 * 10 - 10)) }
        #expect(
            TimelineText.lines(of: timeline(bars), .ascii, width: 41) == [
                "time since attempt 1 came   ^ came",
                "0s                  10s               20s",
                "^...................^...................^",
                "#1 500              #2 500         #3 500",
            ]
        )
    }

    @Test func `leaves long waits out, and says so`() {
        let lines = TimelineText.lines(
            of: timeline([bar(1, .zero, held: .seconds(13)), bar(2, .seconds(3600))]),
            .ascii,
            width: 70
        )
        #expect(lines[0] == "time since attempt 1 came   ^ came  # held open  // left out")
        #expect(lines[2].contains(".//.^"))
        #expect(lines[2].hasPrefix("^###"))
        #expect(lines[3].hasSuffix("#2 500"))
    }

    @Test func `draws an arrival over the window it falls into`() {
        let window = Window(opens: .seconds(8), closes: .seconds(12), isMeasured: true)
        let drawn = timeline([bar(1, .zero), bar(2, .seconds(10))], [window])
        let lines = TimelineText.lines(of: drawn, .ascii, width: 61)
        #expect(lines[2].filter { $0 == "^" }.count == 2)
        #expect(lines[2].contains("[=") && lines[2].contains("=^=") && lines[2].contains("=]"))
    }

    /// Numbers that look like chance and are the same each time (Knuth, MMIX).
    private struct Numbers {
        var state: UInt64
        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
    }

    @Test(arguments: 0..<200)
    func `never exceeds its width, whatever there is to draw`(seed: Int) {
        var numbers = Numbers(state: UInt64(seed))
        let longest = [50, 5000, 500_000, 900_000_000][seed % 4]
        func moment() -> Duration { .milliseconds(numbers.next(below: longest) - 10) }
        let bars = (0..<numbers.next(below: 14)).map { index in
            bar(index + 1, moment(), held: moment(), ["500", "hung up", "reset"][index % 3])
        }
        let windows = (0..<numbers.next(below: 6)).map { index in
            Window(opens: moment(), closes: moment(), isMeasured: index == 0)
        }
        let marks = AttemptTimeline.Mark.Kind.allCases.map { AttemptTimeline.Mark(at: moment(), kind: $0) }
        let drawn = timeline(bars, windows, Array(marks.prefix(seed % 4)))
        let lines = TimelineText.lines(of: drawn)
        #expect(lines == TimelineText.lines(of: drawn))
        for line in lines { #expect(line.count <= TimelineText.widest, "\(line)") }
    }

    @Test func `has nothing to draw of nothing`() {
        #expect(TimelineText.lines(of: timeline([])).isEmpty)
    }
}
