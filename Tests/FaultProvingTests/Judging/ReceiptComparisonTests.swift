import DeliveryEvidence
import FaultProving
import Testing

@Suite struct `Comparison of a receipt` {
    private func reasons(_ records: ReceiverSight, _ sight: WireSight = Samples.seen) -> [String] {
        ReceiptComparison.mismatches(Samples.step, sight, records)
    }

    private func closing(_ by: Closing.Party, _ how: Closing.Manner) -> Closing {
        Closing(by: by, how: how, at: Stamp(nanoseconds: 1))
    }

    @Test func `has nothing against an honest receiver`() {
        #expect(reasons(Samples.records()).isEmpty)
    }

    @Test func `finds a receiver that says RST and sent FIN`() {
        let sight = Samples.sight(Samples.head + String(repeating: "b", count: 17), .fin)
        #expect(!reasons(Samples.records(), sight).isEmpty)
    }

    @Test func `finds a receiver that says FIN and sent RST`() {
        #expect(reasons(Samples.records(wire: "FIN after 82 bytes")).count == 1)
        #expect(reasons(Samples.records(closing: closing(.receiver, .fin))).count == 1)
        #expect(reasons(Samples.records(closing: closing(.dispatcher, .reset))).count == 1)
    }

    @Test func `finds a receiver that counts wrongly`() {
        #expect(reasons(Samples.records(wire: "RST after 81 bytes")).count == 1)
        #expect(reasons(Samples.records(bytesOut: 84)).count == 1)
    }

    @Test func `finds a receipt that is missing, of another fault, or there twice`() {
        var records = Samples.records()
        records.produced = []
        #expect(reasons(records) == ["the evidence has no receipt instead of one of '\(Samples.asked)'"])
        #expect(!reasons(Samples.records(asked: "fault close after request")).isEmpty)
        records = Samples.records()
        records.produced += records.produced
        #expect(!reasons(records).isEmpty)
    }

    @Test func `finds records that are missing`() {
        var records = Samples.records()
        records.closed = []
        #expect(reasons(records) == ["the evidence has no end of the connection"])
        records = Samples.records()
        records.ended = []
        #expect(reasons(records).count == 1)
        #expect(reasons(ReceiverSight()) == ["the evidence has no record of the connection"])
    }

    @Test func `finds bytes that were read after FIN and not written down`() {
        var step = Samples.step
        step.expected.ends = [.fin]
        var sight = Samples.sight(Samples.head + String(repeating: "b", count: 17), .fin)
        sight.readsAfterFIN = true
        let records = Samples.records(wire: "FIN after 82 bytes", closing: closing(.receiver, .fin), bytesIn: 100)
        #expect(ReceiptComparison.mismatches(step, sight, records).isEmpty)
        sight.sent = 126
        #expect(ReceiptComparison.mismatches(step, sight, records).count == 1)
    }

    @Test func `wants no receipt of a fault where none was asked for, and a complete answer`() {
        let step = RawStep(VictimMove(), sees: ExpectedSight(answer: .upTo(.body(17))), receipt: .answer(200))
        #expect(ReceiptComparison.mismatches(step, Samples.seen, Samples.records()).count == 1)
        var records = Samples.records()
        records.produced = []
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).count == 1)
        records.ended[0].answerEnded = Stamp(nanoseconds: 2)
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).isEmpty)
        records.ended[0].status = 500
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).count == 1)
    }

    @Test func `wants the receipt of the port itself where there is no connection`() {
        let step = RawStep(VictimMove(), sees: ExpectedSight(connecting: .refused), receipt: .port("fault refuse"))
        let sight = WireSight(connecting: .refused)
        #expect(ReceiptComparison.mismatches(step, sight, ReceiverSight()).count == 1)
        var records = ReceiverSight()
        records.produced = [
            FaultProduced(
                endpoint: "victim",
                connection: nil,
                attempt: nil,
                asked: "fault refuse for 1s",
                kernel: [],
                wire: "RST in answer to every SYN"
            )
        ]
        #expect(ReceiptComparison.mismatches(step, sight, records).isEmpty)
    }

    @Test func `wants a refused handshake written down, and no request`() {
        var step = Samples.step
        step.expected.tls = .refused(alert: true)
        var records = Samples.records()
        records.arrived = []
        records.ended = []
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).count == 1)
        records.failedHandshakes = [HandshakeFailed(connection: 7, reason: "closed during handshake")]
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).count == 1)
        step.expected.tls = .refused(alert: false)
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).isEmpty)
        step.expected.tls = .refused(alert: true)
        records.failedHandshakes = [HandshakeFailed(connection: 7, reason: "alert unknown_ca")]
        #expect(ReceiptComparison.mismatches(step, Samples.seen, records).isEmpty)
    }
}
