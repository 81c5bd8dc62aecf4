import ContractJudging
import Notation

/// One line of a timeline: its stretches side by side, with times above and the names of attempts below.
struct TimelineRow {
    private let symbols: TimelineSymbols
    private var axis: [Character] = []
    private var times = LabelLine()
    private var names = LabelLine()
    /// A stretch and the columns it takes.
    private var places: [(stretch: TimelineStretch, columns: Range<Int>)] = []

    /// Draws the stretches in so many columns.
    ///
    /// - Parameter isContinued: says that another row came before this one.
    init(
        _ stretches: [TimelineStretch],
        of timeline: AttemptTimeline,
        width: Int,
        isContinued: Bool,
        _ symbols: TimelineSymbols
    ) {
        self.symbols = symbols
        if isContinued { axis += Array(symbols.gap) }
        let widths = Self.widths(of: stretches, in: timeline, width - axis.count)
        for (index, stretch) in stretches.enumerated() {
            if index > 0 { axis += Array(symbols.gap) }
            let start = axis.count
            axis += Array(repeating: symbols.wait, count: widths[index])
            places.append((stretch, start..<axis.count))
        }
        draw(timeline)
        // After the last moment of all there is nothing to wait for.
        if let last = places.last, !Self.isLong(last.stretch, in: timeline) {
            for index in axis.indices where index > last.columns.lowerBound { axis[index] = " " }
        }
        label(timeline, width)
    }

    /// The row as lines: times, axis, names; without those that are empty.
    var lines: [String] { [times.text, String(axis), names.text].map { $0.trimmingEnd }.filter { !$0.isEmpty } }

    /// What a stretch needs at least: room for the name and the time of everything in it.
    static func least(_ stretch: TimelineStretch, in timeline: AttemptTimeline) -> Int {
        let isHere = { (moment: Duration) in stretch.start <= moment && moment <= stretch.end }
        let names = timeline.bars.filter { isHere($0.began) }.map { max(name($0).count, text($0.began).count) + 1 }
        let edges = timeline.windows.flatMap { $0.opens == $0.closes ? [$0.opens] : [$0.opens, $0.closes] }
        let times = (edges + timeline.marks.map(\.at)).filter(isHere).map { text($0).count + 1 }
        return max(names.reduce(0, +), times.reduce(0, +), 3)
    }

    /// Columns for each stretch: what it needs, and an equal share of the rest for those that have a length.
    private static func widths(
        of stretches: [TimelineStretch],
        in timeline: AttemptTimeline,
        _ width: Int
    ) -> [Int] {
        let least = stretches.map { Self.least($0, in: timeline) }
        let long = stretches.count { isLong($0, in: timeline) }
        let gaps = max(0, stretches.count - 1) * TimelineSymbols.ascii.gap.count
        let spare = max(0, width - gaps - least.reduce(0, +))
        let share = long > 0 ? min(40, spare / long) : 0
        return zip(stretches, least).map { stretch, least in
            stretches.count == 1 ? width : isLong(stretch, in: timeline) ? least + share : least
        }
    }

    /// Says that there is more to see in a stretch than the moment of an attempt.
    private static func isLong(_ stretch: TimelineStretch, in timeline: AttemptTimeline) -> Bool {
        guard stretch.length > .zero else { return false }
        let isHere = { (moment: Duration) in stretch.start <= moment && moment <= stretch.end }
        return timeline.windows.contains { isHere($0.opens) } || timeline.bars.count { isHere($0.began) } > 1
            || stretch.length >= .seconds(1)
    }

    private func place(of moment: Duration) -> (stretch: TimelineStretch, columns: Range<Int>)? {
        places.first { $0.stretch.start <= moment && moment <= $0.stretch.end }
    }

    private func column(of moment: Duration) -> Int? {
        guard let place = place(of: moment) else { return nil }
        guard place.stretch.length > .zero else { return place.columns.lowerBound }
        let share = (moment - place.stretch.start) / place.stretch.length
        return place.columns.lowerBound + Int((share * Double(place.columns.count - 1)).rounded())
    }

    private mutating func fill(_ start: Duration, _ end: Duration, with character: Character) {
        guard let from = column(of: start), let to = column(of: end), from <= to else { return }
        for index in from...to { axis[index] = character }
    }

    private mutating func put(_ character: Character, at moment: Duration) {
        if let column = column(of: moment) { axis[column] = character }
    }

    /// What is drawn later lies above: the window of the verdict is seen through a hold, and an arrival through everything.
    private mutating func draw(_ timeline: AttemptTimeline) {
        for window in timeline.windows where !window.isMeasured { draw(window) }
        for bar in timeline.bars {
            // Within a stretch that is but a moment, nothing is drawn to scale.
            guard let ended = bar.ended, let place = place(of: bar.began), Self.isLong(place.stretch, in: timeline),
                let from = column(of: bar.began), let to = column(of: ended), from < to
            else { continue }
            fill(bar.began, ended, with: symbols.held)
        }
        for window in timeline.windows where window.isMeasured { draw(window) }
        for mark in timeline.marks { put(symbols.sign(of: mark.kind), at: mark.at) }
        for bar in timeline.bars { put(symbols.arrival, at: bar.began) }
    }

    private mutating func draw(_ window: AttemptTimeline.Window) {
        fill(window.opens, window.closes, with: symbols.allowed)
        put(symbols.closes, at: window.closes)
        put(symbols.opens, at: window.opens)
    }

    /// Arrivals are named first, then the edges of the window in question, then the others, as far as there is room.
    private mutating func label(_ timeline: AttemptTimeline, _ width: Int) {
        var moments = timeline.bars.map(\.began)
        let windows = timeline.windows.sorted { $0.isMeasured && !$1.isMeasured }
        moments += windows.flatMap { [$0.opens, $0.closes] } + timeline.marks.map(\.at)
        for moment in moments {
            if let column = column(of: moment) {
                times.place(Self.text(moment), at: column, limit: width, mayMove: false)
            }
        }
        for bar in timeline.bars {
            if let column = column(of: bar.began) {
                names.place(Self.name(bar), at: column, limit: width, mayMove: true)
            }
        }
    }

    private static func name(_ bar: AttemptTimeline.Bar) -> String { "#\(bar.ordinal) \(bar.caption)" }

    /// A moment as exactly as its size deserves; the exact figures stand with the attempts.
    private static func text(_ moment: Duration) -> String {
        let unit: Duration =
            moment < .seconds(10) ? .milliseconds(1) : moment < .seconds(600) ? .milliseconds(100) : .seconds(1)
        return DurationNotation.text(unit * Int((moment / unit).rounded()))
    }
}

extension TimelineSymbols {
    func sign(of kind: AttemptTimeline.Mark.Kind) -> Character {
        switch kind {
        case .emission: emission
        case .death: death
        case .end: end
        }
    }
}

extension String {
    /// The text without the spaces at its end.
    var trimmingEnd: String {
        var copy = self
        while copy.last == " " { copy.removeLast() }
        return copy
    }
}
