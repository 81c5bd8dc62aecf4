/// What a raw victim saw on the wire in one exchange; its times count from the start of the exchange.
package struct WireSight: Sendable, Hashable {
    /// How the attempt to connect went.
    package enum Connecting: Sendable, Hashable {
        case stood
        /// ECONNREFUSED.
        case refused
        /// No answer within the victim's limit, so that it gave up; or the kernel said ETIMEDOUT.
        case unanswered
        /// Another error; the number is the system's.
        case failed(Int32)
    }

    /// How the connection ended, as far as the victim watched.
    package enum End: String, Sendable, Hashable {
        case fin = "FIN"
        case reset = "RST"
        case open = "still open"
    }

    /// Bytes that came together.
    package struct Piece: Sendable, Hashable {
        package var at: Duration
        package var bytes: [UInt8]

        package init(at: Duration, bytes: [UInt8]) {
            self.at = at
            self.bytes = bytes
        }
    }

    package var connecting: Connecting
    /// The victim's own port, by which the receiver's records of the connection are found.
    package var localPort: Int?
    /// What came, after decryption.
    package var pieces: [Piece]
    package var end: End
    /// When the end was noticed; `nil` while the connection is open.
    package var endedAt: Duration?
    /// How many bytes of the request the kernel took, before encryption.
    package var sent: Int
    /// When the last byte of the request was given to the kernel; zero for a victim that says nothing.
    package var sentAt: Duration
    /// Something came before the part of the request with this number (0-based) was sent.
    package var reactedBeforePart: Int?
    /// Says that the kernel took no more of the request for a while, because the receiver did not read.
    package var wasHeldUp: Bool
    /// Says that bytes sent after the receiver's FIN drew no RST; `nil` when none were sent.
    package var readsAfterFIN: Bool?
    /// What TLS showed; `nil` without TLS.
    package var tls: TLSSight?

    package init(
        connecting: Connecting,
        localPort: Int? = nil,
        pieces: [Piece] = [],
        end: End = .open,
        endedAt: Duration? = nil,
        sent: Int = 0,
        sentAt: Duration = .zero,
        reactedBeforePart: Int? = nil,
        wasHeldUp: Bool = false,
        readsAfterFIN: Bool? = nil,
        tls: TLSSight? = nil
    ) {
        self.connecting = connecting
        self.localPort = localPort
        self.pieces = pieces
        self.end = end
        self.endedAt = endedAt
        self.sent = sent
        self.sentAt = sentAt
        self.reactedBeforePart = reactedBeforePart
        self.wasHeldUp = wasHeldUp
        self.readsAfterFIN = readsAfterFIN
        self.tls = tls
    }

    /// All that came, in order.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for piece in pieces { bytes += piece.bytes }
        return bytes
    }

    /// When the byte at `offset` (0-based) came; `nil` when it did not.
    package func arrival(of offset: Int) -> Duration? {
        var left = offset
        for piece in pieces {
            if left < piece.bytes.count { return piece.at }
            left -= piece.bytes.count
        }
        return nil
    }

    /// The sight in a few words, such as `121 bytes, then RST`.
    package var text: String {
        switch connecting {
        case .refused: return "connection refused"
        case .unanswered: return "no answer to SYN"
        case .failed(let code): return "connecting failed (errno \(code))"
        case .stood: break
        }
        var words: [String] = []
        if let failure = tls?.failure { words.append("handshake refused: \(failure)") }
        if !bytes.isEmpty || words.isEmpty { words.append(bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes") }
        var ending = end.rawValue
        if end == .fin, let tls, tls.isComplete { ending += tls.sawCloseNotify ? " after close_notify" : " alone" }
        if readsAfterFIN == true { ending += ", still read" }
        words.append(end == .open ? ending : "then \(ending)")
        if wasHeldUp { words.append("held up in sending") }
        return words.joined(separator: ", ")
    }
}

/// What TLS showed a victim.
package struct TLSSight: Sendable, Hashable {
    /// Says that the handshake was completed.
    package var isComplete: Bool
    /// What ALPN agreed on.
    package var applicationProtocol: String?
    /// Why the victim broke the handshake off or could not complete it.
    package var failure: String?
    /// Says that close_notify came before the FIN.
    package var sawCloseNotify: Bool
    /// The receiver's certificate; `nil` when none was kept.
    package var certificate: CertificateSight?

    package init(
        isComplete: Bool = false,
        applicationProtocol: String? = nil,
        failure: String? = nil,
        sawCloseNotify: Bool = false,
        certificate: CertificateSight? = nil
    ) {
        self.isComplete = isComplete
        self.applicationProtocol = applicationProtocol
        self.failure = failure
        self.sawCloseNotify = sawCloseNotify
        self.certificate = certificate
    }
}
