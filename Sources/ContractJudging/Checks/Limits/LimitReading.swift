import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// How an attempt stood to the response limit.
struct LimitReading {
    /// What kept the answer from being complete.
    enum Holding {
        /// Nothing of an answer came for a while, or nothing but a whole one.
        case silence
        /// The head came bit by bit.
        case head
        /// The head was there, and the body was slow or never complete.
        case body
    }

    let limit: ResponseLimit
    let basis: Basis
    let attempt: AttemptView
    let context: JudgingContext

    init?(_ attempt: AttemptView, _ context: JudgingContext) {
        let clause = context.contract.limit(of: attempt.arrived)
        guard let limit = clause.value else { return nil }
        self.limit = limit
        basis = clause.basis
        self.attempt = attempt
        self.context = context
    }

    static func holding(of attempt: AttemptView, in context: JudgingContext) -> Holding {
        switch context.scriptedReply(to: attempt) {
        case .respond(let response)?:
            if let drip = response.drip { return drip.part == .head ? .head : .body }
            if response.holdHeaders > .zero { return .head }
            return response.holdBody > .zero ? .body : .silence
        case .fault(let fault)?: return holding(at: fault.at)
        case nil: return .silence
        }
    }

    private static func holding(at point: Fault.Point) -> Holding {
        switch point {
        case .accept, .handshake, .head, .requestBody, .request: .silence
        case .statusLine, .header, .insideHeader: .head
        // Bytes of the whole answer may end in either part; who decides by the status may have it.
        case .answerHead, .insideBody, .body, .answer, .end: .body
        }
    }

    /// Says that the limit is one of first attempts alone, of which another check speaks.
    var isOfFirstAttempt: Bool {
        attempt.arrived.ordinal == 1 && context.contract.firstResponseLimit.value != nil
    }

    /// From when the contract counts, as the receiver saw it.
    var origin: Stamp {
        limit.measuredFrom == .start ? attempt.began : attempt.arrived.bodyEnd ?? attempt.arrived.headEnd
    }

    /// The earliest moment from which a dispatcher can have counted.
    ///
    /// That is the opening of the connection where the request is its first: connecting takes part of the time of a
    /// dispatcher that counts from its own start.
    var earliestOrigin: Stamp {
        guard let connection = attempt.connection else { return min(attempt.began, origin) }
        let isFirst = !context.attempts.contains {
            $0.arrived.connection == attempt.arrived.connection && $0.number < attempt.number
        }
        return isFirst ? min(connection.opened.at, attempt.began) : min(attempt.began, origin)
    }

    /// When the dispatcher gave the attempt up by closing the connection; `nil` when it did not before the answer was there.
    var cut: Stamp? {
        guard let closing = attempt.receipt?.closing ?? attempt.connectionClosing, closing.by == .dispatcher else {
            return nil
        }
        if let answered = attempt.receipt?.answerEnded, answered <= closing.at { return nil }
        return closing.at
    }

    /// Says that the process of the dispatcher ended while the attempt was open, so that closing says nothing.
    var isCrossedByDeath: Bool {
        let end = (cut ?? attempt.ended ?? context.observedEnd) + context.tolerance.limit
        return context.death(from: attempt.began, to: end) != nil
    }

    private var window: TimeWindow {
        let usual = context.tolerance.window(around: limit.total)
        let early = context.tolerance.limit + context.unrecordedStall
        // The least tolerance is a second, which would double a limit of one.
        let latest = min(usual.latest, limit.total + limit.total / 2)
        return TimeWindow(earliest: max(.zero, limit.total - early), latest: latest, nominal: limit.total)
    }

    /// Judges when the dispatcher gave up; `nil` when the attempt did not put the limit to the test.
    func judged(_ subject: String) -> Finding? {
        guard !isCrossedByDeath else { return judgedUntilDeath(subject) }
        if let cut { return judgedCut(cut, subject) }
        if let answered = attempt.receipt?.answerEnded {
            let elapsed = answered - origin
            if elapsed > window.latest {
                return openTooLong(elapsed, answered, "until the answer was complete", subject)
            }
            guard elapsed >= limit.total / 2, elapsed < limit.total else { return nil }
            let doubt = context.clockUncertainty(from: origin, to: answered)
            guard elapsed - doubt.amount >= limit.total / 2 else {
                let text = "An answer after \(TimeText.of(elapsed)) may not have been waited for"
                return .inconclusive(subject, "\(text): \(doubt.why).", by: basis)
            }
            return .held(subject, "An answer after \(TimeText.of(elapsed)) was waited for.", by: basis)
        }
        // A connection that the receiver ended itself shows nothing about how long the dispatcher would have waited.
        guard attempt.receipt?.closing == nil, attempt.connectionClosing == nil else { return nil }
        let elapsed = context.observedEnd - origin
        guard elapsed > window.latest else { return nil }
        return openTooLong(elapsed, context.observedEnd, "when the observation ended", subject)
    }

    /// Judges an attempt that the end of the process may have ended: what was too long before it was too long anyhow.
    private func judgedUntilDeath(_ subject: String) -> Finding? {
        guard let death = context.death(from: attempt.began, to: context.observedEnd + context.tolerance.limit) else {
            return nil
        }
        let end = min(death, cut ?? death)
        if let answered = attempt.receipt?.answerEnded, answered <= end { return nil }
        if let closing = attempt.receipt?.closing ?? attempt.connectionClosing, closing.by != .dispatcher { return nil }
        let elapsed = end - origin
        guard elapsed > window.latest else { return nil }
        return openTooLong(elapsed, end, "when the dispatcher's process ended", subject)
    }

    private func judgedCut(_ cut: Stamp, _ subject: String) -> Finding {
        let sinceOpening = cut - earliestOrigin
        let elapsed = cut - origin
        let bounds = "the limit is \(TimeText.of(limit.total)) from \(limit.measuredFrom.rawValue)"
        if sinceOpening < window.earliest {
            let late = context.uncertainty(at: earliestOrigin)
            let text = "The attempt was given up after \(TimeText.of(sinceOpening)); \(bounds)."
            // Who decides by the status need not wait for the body.
            if Self.holding(of: attempt, in: context) == .body, attempt.receipt?.answerBegan.map({ $0 <= cut }) ?? false
            {
                return .inconclusive(subject, "\(text) The head of the answer was there by then.", by: basis)
            }
            let comparison = Comparison(cut, in: window, from: earliestOrigin, openingWords)
            guard late.amount < window.earliest - sinceOpening else {
                return .inconclusive(subject, "\(text) \(late.sentence)", comparison: comparison, by: basis)
            }
            return .violated(subject, text, comparison: comparison, nearest: nearest(to: cut), by: basis)
        }
        if elapsed > window.latest {
            return openTooLong(elapsed, cut, "before it was given up", subject)
        }
        let text = "The attempt was given up after \(TimeText.of(elapsed)); \(bounds)."
        let late = context.clockUncertainty(at: cut)
        guard late.isNone || sinceOpening - late.amount >= window.earliest else {
            return .inconclusive(
                subject,
                "\(text) \(late.sentence)",
                comparison: Comparison(cut, in: window, from: earliestOrigin, openingWords),
                by: basis
            )
        }
        return .held(subject, text, by: basis)
    }

    /// From when an attempt counts that was given up too soon, in words.
    private var openingWords: String {
        earliestOrigin < attempt.began ? "after the connection was opened" : "after the request began"
    }

    /// From when the contract counts, in words.
    private var originWords: String {
        limit.measuredFrom == .start ? "after the request began" : "after the request was there"
    }

    /// Other readings of the limit that make the moment right at which the dispatcher hung up.
    private func nearest(to end: Stamp) -> [NearestReading] {
        UnitSlip.nearest(to: end - origin, promised: limit.total, early: context.tolerance.limit)
    }

    private func openTooLong(_ elapsed: Duration, _ end: Stamp, _ until: String, _ subject: String) -> Finding {
        let text =
            "The attempt was open for \(TimeText.of(elapsed)) \(until); the limit is \(TimeText.of(limit.total))."
        let doubt = context.uncertainty(from: origin, to: end)
        let comparison = Comparison(end, in: window, from: origin, originWords)
        guard doubt.isNone || elapsed - window.latest > doubt.amount else {
            return .inconclusive(subject, "\(text) \(doubt.sentence)", comparison: comparison, by: basis)
        }
        return .violated(subject, text, comparison: comparison, nearest: nearest(to: end), by: basis)
    }
}
