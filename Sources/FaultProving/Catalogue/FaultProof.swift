package import CurlTransport
package import DeliveryScenarios

/// How the bytes of a proof travel.
package enum ProofTransport: String, Sendable, Hashable, CaseIterable {
    case plain
    case tls = "TLS"
    /// HTTP/2 over TLS, agreed on by ALPN.
    case http2 = "h2"
    /// HTTP/2 without TLS, by prior knowledge.
    case http2Plain = "h2c"

    package var isTLS: Bool { self == .tls || self == .http2 }
    package var isHTTP2: Bool { self == .http2 || self == .http2Plain }
}

/// What one fault (or another thing a receiver does) must look like to its victims.
package struct FaultProof: Sendable {
    /// What sort of thing it is, as a heading of the table.
    package enum Group: String, Sendable, Hashable, CaseIterable {
        case answers = "Answers"
        case cuts = "Cut connections"
        case bytes = "Wrong bytes"
        case acknowledgements = "Acknowledgements"
        case port = "The port"
        case handshakes = "TLS handshakes"
        case http2 = "HTTP/2"
        case impossible = "Faults that cannot be"
    }

    package var group: Group
    /// What is scripted, in a few words; unique together with the transport.
    package var name: String
    package var transport: ProofTransport
    package var script: ReplyScript
    /// What the raw victim does, step by step, with a receiver of its own.
    package var raw: [RawStep]
    /// What libcurl does, step by step, with a receiver of its own.
    package var curl: [CurlStep]

    package init(
        _ group: Group,
        _ name: String,
        over transport: ProofTransport,
        script: ReplyScript,
        raw: [RawStep],
        curl: [CurlStep]
    ) {
        self.group = group
        self.name = name
        self.transport = transport
        self.script = script
        self.raw = raw
        self.curl = curl
    }
}

/// One exchange of the raw victim, what it must see, and what the receiver must write down about it.
package struct RawStep: Sendable, Hashable {
    package var move: VictimMove
    package var expected: ExpectedSight
    package var receipt: ExpectedReceipt

    package init(_ move: VictimMove, sees expected: ExpectedSight, receipt: ExpectedReceipt) {
        self.move = move
        self.expected = expected
        self.receipt = receipt
    }
}

/// What the receiver must have written down about a connection.
package enum ExpectedReceipt: Sendable, Hashable {
    /// A fault on the connection, asked for in these words.
    case fault(String)
    /// A fault of the port, asked for in these words; there is no connection.
    case port(String)
    /// A complete answer with this status and no fault.
    case answer(Int)
    /// That it could not do what was asked for.
    case failure
}

/// One exchange of libcurl and what it must make of it.
package struct CurlStep: Sendable, Hashable {
    package var bodyLength: Int
    package var version: HTTPVersion
    /// The time it may take as a whole.
    package var limit: Duration
    /// The time it may take until the connection stands, TLS included; `nil` leaves it to the other limit.
    package var connectLimit: Duration?
    /// How long it waits before it begins.
    package var rest: Duration
    /// Says that it tries again until there is an answer.
    package var keepsTrying: Bool
    package var unpacks: Bool
    package var expected: ExpectedCurl

    package init(
        _ expected: ExpectedCurl,
        bodyLength: Int = 300,
        version: HTTPVersion = .http1,
        limit: Duration = VictimMove.usualPatience,
        connectLimit: Duration? = nil,
        rest: Duration = .zero,
        keepsTrying: Bool = false,
        unpacks: Bool = false
    ) {
        self.expected = expected
        self.bodyLength = bodyLength
        self.version = version
        self.limit = limit
        self.connectLimit = connectLimit
        self.rest = rest
        self.keepsTrying = keepsTrying
        self.unpacks = unpacks
    }
}
