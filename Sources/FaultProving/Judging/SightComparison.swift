/// Holds what a raw victim saw against what it must see: a pure function.
package enum SightComparison {
    /// The reasons why the sight is not what was asked for; none when it is.
    ///
    /// - Parameter now: seconds since 1970, for the validity of certificates.
    package static func mismatches(_ sight: WireSight, _ expected: ExpectedSight, now: Int) -> [String] {
        guard sight.connecting == expected.connecting else {
            return ["the raw victim saw \(sight.text) instead of \(WireSight(connecting: expected.connecting).text)"]
        }
        guard sight.connecting == .stood else { return [] }
        var reasons: [String] = []
        if let reason = reaction(sight, expected) { reasons.append(reason) }
        if let reason = expected.answer.mismatch(sight.bytes) { reasons.append("the raw victim got \(reason)") }
        if !expected.ends.contains(sight.end) {
            let wanted = expected.ends.map(\.rawValue).sorted().joined(separator: " or ")
            reasons.append("the raw victim saw the end as '\(sight.end.rawValue)' instead of '\(wanted)'")
        }
        reasons += expected.pauses.compactMap { pause(sight, $0) }
        if sight.pieces.count < expected.pieces {
            reasons.append("the answer came in \(sight.pieces.count) pieces instead of at least \(expected.pieces)")
        }
        if expected.isHeldUp, !sight.wasHeldUp { reasons.append("the raw victim was never held up in sending") }
        if let reads = expected.readsAfterFIN, sight.readsAfterFIN != reads {
            reasons.append("bytes sent after the receiver's FIN met a closed connection")
        }
        if let tls = expected.tls, let reason = TLSComparison.mismatch(sight.tls, tls, now: now) {
            reasons.append(reason)
        }
        return reasons
    }

    private static func reaction(_ sight: WireSight, _ expected: ExpectedSight) -> String? {
        guard sight.reactedBeforePart != expected.reactsBeforePart else { return nil }
        return expected.reactsBeforePart == nil
            ? "the receiver reacted before the request had come so far"
            : "the receiver did not react before the rest of the request was sent"
    }

    private static func pause(_ sight: WireSight, _ pause: ExpectedSight.Pause) -> String? {
        guard let (moment, before) = times(sight, pause.before) else { return "the \(words(pause.before)) never came" }
        let since = pause.isFromStart ? .zero : sight.sentAt
        if moment - since < pause.length {
            return
                "the \(words(pause.before)) came after \((moment - since).shortText), before \(pause.length.shortText) were over"
        }
        // Half of it, because the victim may have been late for the byte before.
        if pause.isSplit, let before, moment - before < pause.length / 2 {
            return "the \(words(pause.before)) came together with what stands before"
        }
        return nil
    }

    /// When something came, and when the byte before it did.
    private static func times(_ sight: WireSight, _ mark: ExpectedSight.Mark) -> (Duration, before: Duration?)? {
        if mark == .end { return sight.endedAt.map { ($0, nil) } }
        let answer = AnswerReading(sight.bytes)
        let offset: Int? =
            switch mark {
            case .firstByte: 0
            case .headers: answer.statusLineEnd
            case .body: answer.headEnd
            case .lastByte: sight.bytes.count - 1
            case .end: nil
            }
        guard let offset, let moment = sight.arrival(of: offset) else { return nil }
        return (moment, offset > 0 ? sight.arrival(of: offset - 1) : nil)
    }

    private static func words(_ mark: ExpectedSight.Mark) -> String {
        switch mark {
        case .firstByte: "first byte"
        case .headers: "header lines"
        case .body: "body"
        case .lastByte: "last byte"
        case .end: "end"
        }
    }
}

/// Holds what TLS showed against what it must show.
enum TLSComparison {
    static func mismatch(_ sight: TLSSight?, _ expected: ExpectedTLS, now: Int) -> String? {
        guard let sight else { return "there was no TLS" }
        if case .refused = expected {
            return sight.failure == nil ? "a client that verifies accepted the handshake" : nil
        }
        guard sight.isComplete else {
            return "the handshake was not completed: \(sight.failure ?? "it went on and on")"
        }
        switch expected {
        case .refused: return nil
        case .secured(let wanted):
            guard let wanted, sight.applicationProtocol != wanted else { return nil }
            return "ALPN agreed on \(sight.applicationProtocol ?? "nothing") instead of \(wanted)"
        case .closedInOrder: return sight.sawCloseNotify ? nil : "FIN came without close_notify"
        case .truncated: return sight.sawCloseNotify ? "close_notify came before FIN" : nil
        case .certificate(let flaw):
            guard let certificate = sight.certificate else { return "there was no certificate to look at" }
            return self.mismatch(certificate, flaw, now: now)
        }
    }

    /// Exactly the one thing must be wrong: a certificate that is also something else proves nothing.
    private static func mismatch(_ certificate: CertificateSight, _ flaw: CertificateFlaw, now: Int) -> String? {
        var flaws: Set<CertificateFlaw> = []
        if certificate.notAfter < now { flaws.insert(.expired) }
        if certificate.notBefore > now { flaws.insert(.notYetValid) }
        if certificate.isSelfIssued { flaws.insert(.selfSigned) }
        if !certificate.namesLoopback { flaws.insert(.wrongHost) }
        // Who the issuer is cannot be seen in a name; that it is not trusted is for the verifying client to find.
        let wanted: Set<CertificateFlaw> = flaw == .none || flaw == .unknownAuthority ? [] : [flaw]
        guard flaws != wanted else { return nil }
        let seen = flaws.isEmpty ? "good" : flaws.map(\.rawValue).sorted().joined(separator: " and ")
        return "the certificate is \(seen), as far as it can be seen, instead of \(flaw.rawValue)"
    }
}
