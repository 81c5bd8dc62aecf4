package import Notation

/// The answers of one endpoint, by attempt of a delivery.
///
/// The script advances when an attempt arrives, atomically and apart for each delivery; the last reply repeats.
package struct ReplyScript: Sendable, Hashable {
    /// Not empty.
    package var replies: [Reply]
    /// What identifies the delivery an attempt belongs to, tried in order; the first that is there counts.
    ///
    /// Empty means that every attempt at the endpoint belongs to one delivery.
    package var keys: [DeliveryKeySource]

    package init(replies: [Reply], keys: [DeliveryKeySource] = []) {
        self.replies = replies
        self.keys = keys
    }

    /// The reply to attempt `ordinal` (1-based) of a delivery.
    package func reply(to ordinal: Int) -> Reply {
        replies[min(max(ordinal, 1), replies.count) - 1]
    }
}

/// Where the key of a delivery stands in a request.
package enum DeliveryKeySource: Sendable, Hashable {
    case header(String)
    /// Body fields that together make the key (JSON, or a form with bracketed names).
    case fields([JSONPointer])
}

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
}

/// A lawful HTTP answer, possibly a late or slow one.
package struct Response: Sendable, Hashable {
    /// 100 to 599.
    package var status: Int
    package var headers: [ReplyHeader]
    package var body: String
    /// Wait after the request is complete and before the status line.
    package var after: Duration
    /// Wait between the head and the body.
    package var holdBody: Duration
    package var drip: Drip?

    package init(
        status: Int,
        headers: [ReplyHeader] = [],
        body: String = "",
        after: Duration = .zero,
        holdBody: Duration = .zero,
        drip: Drip? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.after = after
        self.holdBody = holdBody
        self.drip = drip
    }

    package var summary: String {
        var words = "respond \(status)"
        if after > .zero { words += " after \(DurationNotation.text(after))" }
        if holdBody > .zero { words += ", body held \(DurationNotation.text(holdBody))" }
        if let drip {
            words += ", dripping \(drip.part.rawValue) \(drip.bytes) bytes every \(DurationNotation.text(drip.every))"
        }
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

/// An answer that is none.
package struct Fault: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// TCP RST.
        case reset
        /// TCP FIN without a byte of an answer.
        case close
        /// The connection stays open and nothing comes.
        case hang
    }

    package var kind: Kind
    package var at: Point

    /// Where in the exchange it happens.
    package enum Point: String, Sendable, Hashable, CaseIterable {
        /// As soon as the request's head is there; the body is not read.
        case head = "after head"
        /// Once the whole request is there.
        case request = "after request"
        /// After the answer's head (status 200) and half of its body were sent.
        case body = "inside body"
    }

    package init(kind: Kind, at: Point = .request) {
        self.kind = kind
        self.at = at
    }

    package var summary: String { "fault \(kind.rawValue) \(at.rawValue)" }
}
