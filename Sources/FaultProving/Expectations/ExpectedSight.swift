/// What a raw victim must see in one exchange.
package struct ExpectedSight: Sendable, Hashable {
    /// What must have happened when a byte comes, or the end.
    package enum Mark: Sendable, Hashable {
        case firstByte
        /// The first byte behind the status line.
        case headers
        /// The first byte of the body.
        case body
        /// The last byte.
        case lastByte
        case end
    }

    /// A wait that must have been kept.
    package struct Pause: Sendable, Hashable {
        package var before: Mark
        /// The least time since the request was sent, or since the exchange began.
        package var length: Duration
        /// Says that the time counts from the beginning of the exchange.
        package var isFromStart: Bool
        /// Says that the byte before must have come apart from it.
        package var isSplit: Bool

        package init(before mark: Mark, of length: Duration, isSplit: Bool = false, isFromStart: Bool = false) {
            before = mark
            self.length = length
            self.isSplit = isSplit
            self.isFromStart = isFromStart
        }
    }

    package var connecting: WireSight.Connecting
    package var answer: ExpectedAnswer
    /// The ends that are right.
    package var ends: Set<WireSight.End>
    package var pauses: [Pause]
    /// In at least how many pieces the answer must come.
    package var pieces: Int
    /// Before which part of the request the receiver must react; in front of any other it must not.
    package var reactsBeforePart: Int?
    package var isHeldUp: Bool
    package var readsAfterFIN: Bool?
    package var tls: ExpectedTLS?

    package init(
        connecting: WireSight.Connecting = .stood,
        answer: ExpectedAnswer = .upTo(.nothing),
        ends: Set<WireSight.End> = [.fin],
        pauses: [Pause] = [],
        pieces: Int = 0,
        reactsBeforePart: Int? = nil,
        isHeldUp: Bool = false,
        readsAfterFIN: Bool? = nil,
        tls: ExpectedTLS? = nil
    ) {
        self.connecting = connecting
        self.answer = answer
        self.ends = ends
        self.pauses = pauses
        self.pieces = pieces
        self.reactsBeforePart = reactsBeforePart
        self.isHeldUp = isHeldUp
        self.readsAfterFIN = readsAfterFIN
        self.tls = tls
    }

    /// Says that nothing but silence is still to come; of a connection that must end, only its end is enough.
    package func isReached(_ bytes: [UInt8]) -> Bool {
        ends.contains(.open) && answer.isReached(bytes)
    }
}

/// What TLS must show a victim.
package enum ExpectedTLS: Sendable, Hashable {
    /// The handshake is completed, and the victim may say by which protocol.
    case secured(applicationProtocol: String?)
    /// The handshake is completed, and a FIN comes after close_notify.
    case closedInOrder
    /// The handshake is completed, and a FIN comes without close_notify.
    case truncated
    /// The victim does not accept the certificate, and says so by an alert unless it looks at names on its own.
    case refused(alert: Bool)
    /// The certificate is this.
    case certificate(CertificateFlaw)

    var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }
}

/// What is wrong with a certificate.
package enum CertificateFlaw: String, Sendable, Hashable, CaseIterable {
    case expired
    case notYetValid = "not yet valid"
    case selfSigned = "signed by itself"
    case unknownAuthority = "of an unknown authority"
    case wrongHost = "of another host"
    case none = "good"
}
