import DeliveryScenarios
import FaultProving
import Testing

@Suite struct `Table of proofs` {
    private func result(_ name: String, _ verdict: ProofVerdict) -> ProofResult {
        var sights = ProofSights()
        sights.raw = [Samples.seen]
        sights.rawReceiver = Samples.records()
        sights.curl = [CurlSight(code: 56, status: 200)]
        let proof = FaultProof(.cuts, name, over: .tls, script: ReplyScript(replies: []), raw: [], curl: [])
        return ProofResult(proof: proof, verdict: verdict, sights: sights)
    }

    @Test func `says what was asked for, written down and seen`() {
        let lines = ProofTable([result("reset inside body", .real)]).lines
        #expect(lines.first == "Cut connections")
        let row = lines.last ?? ""
        for cell in [
            "reset inside body", "TLS", "real", "RST after 82 bytes ← close(2)", "82 bytes, then RST",
            "200, then error 56",
        ] {
            #expect(row.contains(cell), "\(cell)")
        }
    }

    @Test func `lists every reason below the rows, those of what cannot be found out here too`() {
        let results = [
            result("a", .real), result("b", .notReal(["one", "another"])), result("c", .notHere("no HTTP/2")),
        ]
        let lines = ProofTable(results).lines
        #expect(
            lines.suffix(5) == ["NOT REAL: b over TLS", "  one", "  another", "not here: c over TLS", "  no HTTP/2"]
        )
        #expect(ProofTable(results).summary == "1 real, 1 not real, 1 not here")
    }
}
