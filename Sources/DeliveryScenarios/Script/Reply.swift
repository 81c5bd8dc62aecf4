import Notation

/// One scripted reply.
package enum Reply: Sendable, Hashable {
    case respond(Response)
    case fault(Fault)

    /// The reply in a few words, such as `respond 500 after 29s`, as it stands in receipts.
    package var summary: String {
        switch self {
        case .respond(let response): response.summary
        case .fault(let fault): fault.summary
        }
    }

    /// Says that it happens to a connection, before any request could be read, so that no attempt ever gets it.
    package var happensToConnection: Bool {
        guard case .fault(let fault) = self else { return false }
        return fault.kind.happensToConnection || fault.at == .accept
    }
}

/// A lawful HTTP answer, possibly a late or slow one.
package struct Response: Sendable, Hashable {
    /// 100 to 599.
    package var status: Int
    /// The reason phrase; `nil` means the registered one.
    package var reason: String?
    /// In order; names may repeat.
    package var headers: [ReplyHeader]
    package var body: String
    /// A body that is made instead of written; `body` is empty then.
    package var filler: BodyFiller?
    /// Wait after the request is complete (with `early`: its head) and before the status line.
    package var after: Duration
    /// What `after` is drawn from for each attempt.
    package var spread: DelaySpread?
    /// Wait between the status line and the first header.
    package var holdHeaders: Duration
    /// Wait between the head and the body.
    package var holdBody: Duration
    package var drip: Drip?
    /// Answers as soon as the request's head is there; the body is read afterwards.
    package var early: Bool
    /// Interim answers (1xx) that go before.
    package var interim: [InterimResponse]
    /// How slowly the request is read; `nil` means as fast as it comes.
    package var slowRead: SlowRead?

    package init(
        status: Int,
        reason: String? = nil,
        headers: [ReplyHeader] = [],
        body: String = "",
        filler: BodyFiller? = nil,
        after: Duration = .zero,
        spread: DelaySpread? = nil,
        holdHeaders: Duration = .zero,
        holdBody: Duration = .zero,
        drip: Drip? = nil,
        early: Bool = false,
        interim: [InterimResponse] = [],
        slowRead: SlowRead? = nil
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.filler = filler
        self.after = after
        self.spread = spread
        self.holdHeaders = holdHeaders
        self.holdBody = holdBody
        self.drip = drip
        self.early = early
        self.interim = interim
        self.slowRead = slowRead
    }

    package var summary: String {
        var words = "respond \(status)"
        if early { words += " before the body is read" }
        if let spread {
            words += " after \(spread.text)"
        } else if after > .zero {
            words += " after \(DurationNotation.text(after))"
        }
        if !interim.isEmpty { words += ", first \(interim.map { "\($0.status)" }.joined(separator: ", "))" }
        if holdHeaders > .zero { words += ", headers held \(DurationNotation.text(holdHeaders))" }
        if holdBody > .zero { words += ", body held \(DurationNotation.text(holdBody))" }
        if let drip {
            words += ", dripping \(drip.part.rawValue) \(drip.bytes) bytes every \(DurationNotation.text(drip.every))"
        }
        if let filler { words += ", \(filler.text)" }
        if let slowRead { words += ", reading \(slowRead.text)" }
        return words
    }
}

/// One header of a scripted answer.
package struct ReplyHeader: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A slow answer: so many bytes at a time.
package struct Drip: Sendable, Hashable {
    /// What is dripped.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case head
        case body
    }

    package var part: Part
    package var bytes: Int
    package var every: Duration

    package init(part: Part, bytes: Int, every: Duration) {
        self.part = part
        self.bytes = bytes
        self.every = every
    }
}

/// An answer of 1xx before the final one (RFC 9110 section 15.2).
package struct InterimResponse: Sendable, Hashable {
    /// 100 to 199, but not 101.
    package var status: Int
    package var headers: [ReplyHeader]
    /// Wait before it, after the request's head or the interim answer before.
    package var after: Duration

    package init(status: Int, headers: [ReplyHeader] = [], after: Duration = .zero) {
        self.status = status
        self.headers = headers
        self.after = after
    }
}

/// A body that is made by the receiver.
package enum BodyFiller: Sendable, Hashable {
    /// So many bytes of text.
    case size(Int)
    /// Zeros that unpack from gzip to so many bytes; `Content-Encoding: gzip` is added.
    case gzip(inflated: Int)

    package var text: String {
        switch self {
        case .size(let bytes): "a body of \(bytes) bytes"
        case .gzip(let inflated): "a gzip body that unpacks to \(inflated) bytes"
        }
    }
}

/// How slowly the receiver reads what comes after the head of a request.
package struct SlowRead: Sendable, Hashable {
    /// So many bytes at a time, at least 1.
    package var bytes: Int
    package var every: Duration

    package init(bytes: Int, every: Duration) {
        self.bytes = bytes
        self.every = every
    }

    package var text: String { "\(bytes) bytes every \(DurationNotation.text(every))" }
}

/// What a delay is drawn from, once for each attempt.
package enum DelaySpread: Sendable, Hashable {
    /// Every delay from `least` to `most` is as likely.
    case uniform(least: Duration, most: Duration)
    /// Half of the delays are below `median`; `sigma` is the standard deviation of the logarithm; none is above `most`.
    case lognormal(median: Duration, sigma: Double, most: Duration)

    package var text: String {
        switch self {
        case .uniform(let least, let most): "\(DurationNotation.text(least)) to \(DurationNotation.text(most))"
        case .lognormal(let median, let sigma, let most):
            "about \(DurationNotation.text(median)) (lognormal, sigma \(sigma), at most \(DurationNotation.text(most)))"
        }
    }
}
