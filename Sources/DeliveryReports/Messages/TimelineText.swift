package import ContractJudging

/// Draws the attempts of a delivery on an axis that leaves long waits out.
package enum TimelineText {
    /// The widest line, in characters.
    package static let widest = 94
    /// The most lines of axis; a ladder of many rungs needs several.
    private static let mostRows = 4

    /// The timeline as lines: a legend, then times, axis and names for each row.
    package static func lines(
        of timeline: AttemptTimeline,
        _ symbols: TimelineSymbols = .unicode,
        width: Int = Self.widest
    ) -> [String] {
        let rows = rows(TimelineStretch.all(of: timeline, width: width), of: timeline, width)
        guard !rows.isEmpty else { return [] }
        let isBroken = rows.count > 1 || (rows.first?.count ?? 0) > 1
        var lines = legend(timeline, isBroken: isBroken, symbols, width)
        for (index, stretches) in rows.prefix(mostRows).enumerated() {
            let row = TimelineRow(stretches, of: timeline, width: width, isContinued: index > 0, symbols)
            lines += row.lines
        }
        if rows.count > mostRows { lines.append("… and \(rows.count - mostRows) more lines of it") }
        return lines
    }

    /// Distributes the stretches over rows into which they fit.
    private static func rows(
        _ stretches: [TimelineStretch],
        of timeline: AttemptTimeline,
        _ width: Int
    ) -> [[TimelineStretch]] {
        let gap = TimelineSymbols.ascii.gap.count
        var rows: [[TimelineStretch]] = []
        var used = 0
        for stretch in stretches {
            let needed = TimelineRow.least(stretch, in: timeline) + gap
            if rows.isEmpty || used + needed > width {
                rows.append([])
                used = gap
            }
            rows[rows.count - 1].append(stretch)
            used += needed
        }
        return rows
    }

    /// Which signs mean what; only those that are there.
    private static func legend(
        _ timeline: AttemptTimeline,
        isBroken: Bool,
        _ symbols: TimelineSymbols,
        _ width: Int
    ) -> [String] {
        var parts: [String] = []
        if !timeline.bars.isEmpty { parts.append("\(symbols.arrival) came") }
        let longest = timeline.bars.compactMap { bar in bar.ended.map { $0 - bar.began } }.max() ?? .zero
        if longest >= .milliseconds(500) { parts.append("\(symbols.held) held open") }
        if !timeline.windows.isEmpty { parts.append("\(symbols.opens)\(symbols.allowed)\(symbols.closes) allowed") }
        for kind in AttemptTimeline.Mark.Kind.allCases where timeline.marks.contains(where: { $0.kind == kind }) {
            parts.append("\(symbols.sign(of: kind)) \(name(of: kind))")
        }
        if isBroken { parts.append("// left out") }
        let zero = "time since \(timeline.zero)"
        let signs = parts.joined(separator: "  ")
        let whole = "\(zero)   \(signs)"
        return whole.count <= width || signs.isEmpty ? [whole] : [zero, signs]
    }

    private static func name(of kind: AttemptTimeline.Mark.Kind) -> String {
        switch kind {
        case .emission: "event"
        case .death: "process ended"
        case .end: "watch ended"
        }
    }
}
