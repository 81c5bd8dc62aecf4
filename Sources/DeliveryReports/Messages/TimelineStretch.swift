import ContractJudging

/// A part of a timeline that is drawn to one scale; between two of them time is left out.
struct TimelineStretch {
    var start: Duration
    var end: Duration

    var length: Duration { end - start }

    /// Splits a timeline into parts of which each can be seen, in order; one part where a single scale shows everything.
    ///
    /// - Parameter width: how many columns there are.
    static func all(of timeline: AttemptTimeline, width: Int) -> [TimelineStretch] {
        let atoms = merged(
            timeline.bars.map { TimelineStretch(start: $0.began, end: max($0.began, $0.ended ?? $0.began)) }
                + timeline.windows.map { TimelineStretch(start: $0.opens, end: max($0.opens, $0.closes)) }
                + timeline.marks.map { TimelineStretch(start: $0.at, end: $0.at) }
        )
        guard let first = atoms.first, let last = atoms.last else { return [] }
        let whole = TimelineStretch(start: first.start, end: last.end)
        if isClear(timeline, over: whole, width) { return [whole] }
        var stretches = [first]
        for atom in atoms.dropFirst() {
            let open = stretches[stretches.count - 1]
            // What lies within easy reach of something long can be drawn to the same scale.
            if (atom.start - open.end) * 2 <= max(open.length, atom.length) * 3 {
                stretches[stretches.count - 1].end = max(open.end, atom.end)
            } else {
                stretches.append(atom)
            }
        }
        return stretches
    }

    private static func merged(_ atoms: [TimelineStretch]) -> [TimelineStretch] {
        var merged: [TimelineStretch] = []
        for atom in atoms.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let open = merged.last, atom.start <= open.end {
                merged[merged.count - 1].end = max(open.end, atom.end)
            } else {
                merged.append(atom)
            }
        }
        return merged
    }

    /// Says that one scale leaves room for the name of every attempt and some columns for every window and hold.
    private static func isClear(_ timeline: AttemptTimeline, over whole: TimelineStretch, _ width: Int) -> Bool {
        guard whole.length > .zero else { return true }
        let columns = { (length: Duration) in length / whole.length * Double(width - 1) }
        let arrivals = timeline.bars.map(\.began).sorted()
        let isApart = zip(arrivals, arrivals.dropFirst()).allSatisfy { columns($1 - $0) >= 8 }
        let isWide = timeline.windows.allSatisfy { $0.closes == $0.opens || columns($0.closes - $0.opens) >= 4 }
        let edges = timeline.windows.flatMap { [$0.opens, $0.closes] }
        let isBeside = arrivals.allSatisfy { arrival in
            edges.allSatisfy { edge in edge == arrival || columns(max(edge - arrival, arrival - edge)) >= 1 }
        }
        let holds = timeline.bars.compactMap { bar in bar.ended.map { $0 - bar.began } }
        let isHeldVisibly = holds.allSatisfy { $0 < .milliseconds(500) || columns($0) >= 2 }
        return isApart && isWide && isBeside && isHeldVisibly
    }
}
