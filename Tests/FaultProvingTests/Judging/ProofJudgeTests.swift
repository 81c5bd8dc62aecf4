import DeliveryScenarios
import FaultProving
import Testing

@Suite struct `Judge of a proof` {
    private let proof = FaultProof(
        .cuts,
        "reset after 17 bytes of the body",
        over: .plain,
        script: ReplyScript(replies: [.fault(Fault(kind: .reset, at: .body(17)))]),
        raw: [Samples.step],
        curl: [CurlStep(ExpectedCurl(.broken))]
    )

    private var sights: ProofSights {
        var sights = ProofSights()
        sights.raw = [Samples.seen]
        sights.rawReceiver = Samples.records()
        sights.curl = [CurlSight(code: 56)]
        sights.curlReceiver = Samples.records()
        return sights
    }

    private func verdict(_ sights: ProofSights) -> ProofVerdict {
        ProofJudge.verdict(on: proof, sights, now: 0)
    }

    private func isNotReal(_ sights: ProofSights) -> Bool {
        if case .notReal(let reasons) = verdict(sights) { !reasons.isEmpty } else { false }
    }

    @Test func `says real when both victims and the receipts agree`() {
        #expect(verdict(sights) == .real)
    }

    @Test func `says not real when either victim saw something else`() {
        var spoilt = sights
        spoilt.raw[0].end = .fin
        #expect(isNotReal(spoilt))
        spoilt = sights
        spoilt.curl = [CurlSight(code: 0, status: 200)]
        #expect(isNotReal(spoilt))
    }

    @Test func `says not real when a victim did not come to its end`() {
        var spoilt = sights
        spoilt.raw = []
        #expect(isNotReal(spoilt))
        spoilt = sights
        spoilt.curl = []
        #expect(isNotReal(spoilt))
    }

    @Test func `says not real when a receiver failed or left no receipt`() {
        var spoilt = sights
        spoilt.rawReceiver.failures = ["endpoint victim: could not be produced"]
        #expect(isNotReal(spoilt))
        spoilt = sights
        spoilt.curlReceiver.produced = []
        #expect(isNotReal(spoilt))
        spoilt = sights
        spoilt.failure = "the port could not be opened"
        #expect(verdict(spoilt) == .notReal(["the port could not be opened"]))
    }

    @Test func `wants a fault that cannot be reported by both receivers`() {
        let step = RawStep(VictimMove(), sees: ExpectedSight(answer: .noAnswer, ends: [.fin]), receipt: .failure)
        let proof = FaultProof(
            .impossible,
            "goaway after request",
            over: .plain,
            script: ReplyScript(replies: [.fault(Fault(kind: .goAway))]),
            raw: [step],
            curl: [CurlStep(ExpectedCurl(.broken))]
        )
        var sights = ProofSights()
        sights.raw = [Samples.sight("", .fin)]
        sights.curl = [CurlSight(code: 52)]
        let failure = "endpoint victim: \"fault goaway after request\" could not be produced, because …"
        sights.rawReceiver.failures = [failure]
        sights.curlReceiver.failures = [failure]
        #expect(ProofJudge.verdict(on: proof, sights, now: 0) == .real)
        var spoilt = sights
        spoilt.rawReceiver.failures = []
        #expect(ProofJudge.verdict(on: proof, spoilt, now: 0).isNotReal)
        spoilt = sights
        spoilt.curlReceiver.failures = []
        #expect(ProofJudge.verdict(on: proof, spoilt, now: 0).isNotReal)
        spoilt = sights
        spoilt.raw = [Samples.sight(Samples.head, .fin)]
        #expect(ProofJudge.verdict(on: proof, spoilt, now: 0).isNotReal)
    }

    @Test func `says not here, and why, when libcurl cannot be asked`() {
        var partly = sights
        partly.curl = []
        partly.curlIsMissing = "it was built without HTTP/2"
        let reason = "the raw victim saw it, but libcurl cannot be asked: it was built without HTTP/2"
        #expect(verdict(partly) == .notHere(reason))
        partly.raw[0].end = .fin
        #expect(isNotReal(partly))
    }
}
