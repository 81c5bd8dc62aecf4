import FaultProving
import Testing

@Suite struct `Comparison of a sight` {
    private func reasons(_ sight: WireSight, _ expected: ExpectedSight) -> [String] {
        SightComparison.mismatches(sight, expected, now: 1000)
    }

    @Test func `has nothing against what was asked for`() {
        #expect(reasons(Samples.seen, Samples.step.expected).isEmpty)
    }

    @Test(arguments: [WireSight.End.fin, .open])
    func `takes no other end for the one that was asked for`(_ end: WireSight.End) {
        var sight = Samples.seen
        sight.end = end
        #expect(
            reasons(sight, Samples.step.expected) == [
                "the raw victim saw the end as '\(end.rawValue)' instead of 'RST'"
            ]
        )
    }

    @Test func `takes no other count of bytes`() {
        var sight = Samples.seen
        sight.pieces.append(WireSight.Piece(at: .milliseconds(11), bytes: [0]))
        #expect(reasons(sight, Samples.step.expected).count == 1)
    }

    @Test func `takes no refusal for a connection and none for a refusal`() {
        #expect(reasons(WireSight(connecting: .refused), Samples.step.expected).count == 1)
        #expect(reasons(Samples.seen, ExpectedSight(connecting: .refused)).count == 1)
        #expect(reasons(WireSight(connecting: .unanswered), ExpectedSight(connecting: .refused)).count == 1)
        #expect(reasons(WireSight(connecting: .refused), ExpectedSight(connecting: .refused)).isEmpty)
    }

    @Test func `wants a reaction neither too early nor too late`() {
        var sight = Samples.seen
        sight.reactedBeforePart = 1
        #expect(reasons(sight, Samples.step.expected).count == 1)
        var expected = Samples.step.expected
        expected.reactsBeforePart = 1
        #expect(reasons(sight, expected).isEmpty)
        #expect(reasons(Samples.seen, expected).count == 1)
    }

    @Test func `wants every pause kept, counted from the request`() {
        var expected = Samples.step.expected
        expected.pauses = [.init(before: .firstByte, of: .milliseconds(8)), .init(before: .end, of: .milliseconds(18))]
        var sight = Samples.seen
        sight.sentAt = .milliseconds(2)
        #expect(reasons(sight, expected).isEmpty)
        sight.sentAt = .milliseconds(3)
        #expect(reasons(sight, expected).count == 2)
        expected.pauses[0].isFromStart = true
        #expect(reasons(sight, expected).count == 1)
    }

    @Test func `wants a pause in the middle to part what is around it`() {
        var expected = ExpectedSight(answer: .upTo(.whole), ends: [.open])
        expected.pauses = [.init(before: .body, of: .milliseconds(100), isSplit: true)]
        func sight(_ headAt: Int) -> WireSight {
            var sight = Samples.sight("", .open)
            sight.pieces = [
                WireSight.Piece(at: .milliseconds(headAt), bytes: Samples.bytes(Samples.head)),
                WireSight.Piece(at: .milliseconds(120), bytes: Samples.bytes(Samples.body)),
            ]
            return sight
        }
        #expect(reasons(sight(10), expected).isEmpty)
        #expect(reasons(sight(119), expected) == ["the body came together with what stands before"])
    }

    @Test func `wants pieces, a sender held up and reading after FIN where they were asked for`() {
        let expected = ExpectedSight(
            answer: .upTo(.nothing),
            ends: [.fin],
            pieces: 2,
            isHeldUp: true,
            readsAfterFIN: true
        )
        var sight = Samples.sight("", .fin)
        #expect(reasons(sight, expected).count == 3)
        sight.pieces = [.init(at: .zero, bytes: []), .init(at: .zero, bytes: [])]
        sight.wasHeldUp = true
        sight.readsAfterFIN = true
        #expect(reasons(sight, expected).isEmpty)
    }

    @Test func `tells FIN after close_notify from FIN alone`() {
        var sight = Samples.sight("", .fin)
        sight.tls = TLSSight(isComplete: true, sawCloseNotify: true)
        #expect(reasons(sight, ExpectedSight(tls: .closedInOrder)).isEmpty)
        #expect(reasons(sight, ExpectedSight(tls: .truncated)) == ["close_notify came before FIN"])
        sight.tls?.sawCloseNotify = false
        #expect(reasons(sight, ExpectedSight(tls: .truncated)).isEmpty)
        #expect(reasons(sight, ExpectedSight(tls: .closedInOrder)) == ["FIN came without close_notify"])
    }

    @Test func `wants the handshake as it was asked for`() {
        var sight = Samples.sight("", .fin)
        #expect(reasons(sight, ExpectedSight(tls: .refused(alert: true))) == ["there was no TLS"])
        sight.tls = TLSSight(isComplete: true, applicationProtocol: "http/1.1")
        #expect(reasons(sight, ExpectedSight(tls: .refused(alert: true))).count == 1)
        #expect(reasons(sight, ExpectedSight(tls: .secured(applicationProtocol: "h2"))).count == 1)
        sight.tls = TLSSight(failure: "certificate verify failed")
        #expect(reasons(sight, ExpectedSight(tls: .refused(alert: true))).isEmpty)
        #expect(reasons(sight, ExpectedSight(tls: .secured(applicationProtocol: nil))).count == 1)
    }

    @Test(arguments: CertificateFlaw.allCases)
    func `wants exactly one thing wrong with a certificate`(_ flaw: CertificateFlaw) {
        var sight = Samples.sight("", .open)
        sight.tls = TLSSight(isComplete: true, certificate: certificate(flaw))
        let looking = ExpectedSight(ends: [.open], tls: .certificate(flaw))
        #expect(reasons(sight, looking).isEmpty)
        var spoilt = certificate(flaw)
        spoilt.namesLoopback.toggle()
        sight.tls?.certificate = spoilt
        #expect(reasons(sight, looking).count == 1)
    }

    private func certificate(_ flaw: CertificateFlaw) -> CertificateSight {
        CertificateSight(
            notBefore: flaw == .notYetValid ? 1001 : 0,
            notAfter: flaw == .expired ? 999 : 2000,
            issuer: flaw == .selfSigned ? [2] : [1],
            subject: [2],
            namesLoopback: flaw != .wrongHost
        )
    }
}
