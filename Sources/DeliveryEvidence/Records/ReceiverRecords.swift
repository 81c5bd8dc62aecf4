/// A receiver listens for an endpoint of the scenario.
package struct EndpointOpened: Sendable, Hashable, Codable {
    package var endpoint: String
    package var url: String
    package var port: Int
    /// `plain`, `trusted`, `self-signed`, `expired` or `wrong-host`.
    package var identity: String

    package init(endpoint: String, url: String, port: Int, identity: String) {
        self.endpoint = endpoint
        self.url = url
        self.port = port
        self.identity = identity
    }
}

/// The kernel handed over a connection.
package struct ConnectionOpened: Sendable, Hashable, Codable {
    /// Unique in the scenario, 1-based.
    package var connection: Int
    package var endpoint: String
    package var peer: String

    package init(connection: Int, endpoint: String, peer: String) {
        self.connection = connection
        self.endpoint = endpoint
        self.peer = peer
    }
}

/// A TLS handshake completed on the receiver's side.
package struct ConnectionSecured: Sendable, Hashable, Codable {
    package var connection: Int
    package var version: String?
    package var serverName: String?
    /// What ALPN agreed on, such as `h2`; `nil` when nothing was.
    package var applicationProtocol: String?

    package init(connection: Int, version: String?, serverName: String?, applicationProtocol: String? = nil) {
        self.connection = connection
        self.version = version
        self.serverName = serverName
        self.applicationProtocol = applicationProtocol
    }
}

/// A TLS handshake did not complete.
package struct HandshakeFailed: Sendable, Hashable, Codable {
    package var connection: Int
    /// The alert or error as the TLS library names it.
    package var reason: String

    package init(connection: Int, reason: String) {
        self.connection = connection
        self.reason = reason
    }
}

/// How one side ended a connection.
package struct Closing: Sendable, Hashable, Codable {
    package enum Party: String, Sendable, Hashable, Codable {
        case dispatcher
        case receiver
    }

    package enum Manner: String, Sendable, Hashable, Codable {
        /// An orderly end: TCP FIN.
        case fin
        /// TCP RST.
        case reset
    }

    package var by: Party
    package var how: Manner
    package var at: Stamp

    package init(by: Party, how: Manner, at: Stamp) {
        self.by = by
        self.how = how
        self.at = at
    }
}

/// A connection is over.
package struct ConnectionClosed: Sendable, Hashable, Codable {
    package var connection: Int
    package var closing: Closing
    /// Plain-text bytes that came in over the whole connection (after decryption).
    package var bytesIn: Int
    package var bytesOut: Int

    package init(connection: Int, closing: Closing, bytesIn: Int, bytesOut: Int) {
        self.connection = connection
        self.closing = closing
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
    }
}

/// One header line, name and value as they were written.
package struct HeaderLine: Sendable, Hashable, Codable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A request has arrived, wholly or as far as it went.
///
/// The record's stamp is when the script advanced.
package struct AttemptArrived: Sendable, Hashable, Codable {
    /// Unique in the scenario, 1-based, in order of arrival.
    package var attempt: Int
    package var connection: Int
    package var endpoint: String
    /// By what the reply script counted it; `nil` when nothing identified the delivery.
    package var deliveryKey: String?
    /// Which attempt of that delivery it is, 1-based.
    package var ordinal: Int
    /// When the first byte of the request was read.
    package var firstByte: Stamp
    /// When the head was complete.
    package var headEnd: Stamp
    /// When the body was complete; `nil` when it never was.
    package var bodyEnd: Stamp?
    /// The head as it was on the wire, line ends included.
    package var head: Bytes
    package var method: String
    package var target: String
    package var version: String
    package var headers: [HeaderLine]
    package var body: Bytes
    /// Says that a secret stood in the body, so that the bytes here are not the bytes that came.
    package var bodyRedacted: Bool
    /// Why the bytes are not a well-formed request; `nil` when they are.
    package var malformed: String?
    /// Where in the reply script its reply stands, such as `2` or `orders/2`.
    package var place: String?
    /// Why no rule of the script applied to it: the nearest one and what it misses; `nil` when one did, or there is none.
    package var unmatched: String?
    /// Its stream on an HTTP/2 connection.
    package var stream: Int?

    package init(
        attempt: Int,
        connection: Int,
        endpoint: String,
        deliveryKey: String?,
        ordinal: Int,
        firstByte: Stamp,
        headEnd: Stamp,
        bodyEnd: Stamp?,
        head: Bytes,
        method: String,
        target: String,
        version: String,
        headers: [HeaderLine],
        body: Bytes,
        bodyRedacted: Bool = false,
        malformed: String? = nil,
        place: String? = nil,
        unmatched: String? = nil,
        stream: Int? = nil
    ) {
        self.attempt = attempt
        self.connection = connection
        self.endpoint = endpoint
        self.deliveryKey = deliveryKey
        self.ordinal = ordinal
        self.firstByte = firstByte
        self.headEnd = headEnd
        self.bodyEnd = bodyEnd
        self.head = head
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.body = body
        self.bodyRedacted = bodyRedacted
        self.malformed = malformed
        self.place = place
        self.unmatched = unmatched
        self.stream = stream
    }

    /// The values of every header called `name`, compared without case.
    package func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return headers.filter { $0.name.lowercased() == wanted }.map(\.value)
    }
}

/// What the receiver really did with an attempt: the receipt of the scripted reply.
package struct AttemptEnded: Sendable, Hashable, Codable {
    package var attempt: Int
    /// What the script asked for, such as `respond 500` or `fault reset`.
    package var asked: String
    /// The status that was sent; `nil` when none was.
    package var status: Int?
    /// When the first byte of the answer was handed to the kernel.
    package var answerBegan: Stamp?
    /// When the last byte of the answer was handed to the kernel; `nil` when the answer was not completed.
    package var answerEnded: Stamp?
    package var bytesOut: Int
    /// How the connection ended; `nil` when the answer was complete and the connection stayed open.
    package var closing: Closing?
    /// The headers of the answer whose values were made for this attempt, such as a date; `nil` when there were none.
    package var madeHeaders: [HeaderLine]?

    package init(
        attempt: Int,
        asked: String,
        status: Int?,
        answerBegan: Stamp?,
        answerEnded: Stamp?,
        bytesOut: Int,
        closing: Closing?,
        madeHeaders: [HeaderLine]? = nil
    ) {
        self.madeHeaders = madeHeaders
        self.attempt = attempt
        self.asked = asked
        self.status = status
        self.answerBegan = answerBegan
        self.answerEnded = answerEnded
        self.bytesOut = bytesOut
        self.closing = closing
    }
}
