import DeliveryEvidence
import Foundation
import Testing

@Suite struct `Evidence records` {
    @Test(arguments: EvidenceSamples.events)
    func `come back from their line as they were`(event: EvidenceEvent) throws {
        let record = EvidenceRecord(
            sequence: 12,
            scenario: "jobber/late",
            at: Stamp(nanoseconds: 1_234_567),
            real: Stamp(nanoseconds: 89),
            event: event
        )
        let line = EvidenceLine()
        let bytes = try line.bytes(of: record)
        #expect(bytes.last == 0x0A)
        #expect(bytes.filter { $0 == 0x0A }.count == 1)
        #expect(try line.record(in: bytes) == record)
        #expect(try line.bytes(of: record) == bytes)
    }

    @Test func `have a type name of their own for each kind of event`() {
        let names = EvidenceSamples.events.map(\.typeName)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.contains(".") })
        #expect(names.count == 45)
    }

    @Test(arguments: EvidenceSamples.events)
    func `never let a field of the event hide one of the record`(event: EvidenceEvent) throws {
        let record = EvidenceRecord(
            sequence: 12,
            scenario: "s",
            at: Stamp(nanoseconds: 34),
            real: Stamp(nanoseconds: 56),
            event: event
        )
        let object = try #require(
            try JSONSerialization.jsonObject(with: EvidenceLine().bytes(of: record)) as? [String: Any]
        )
        #expect(object["seq"] as? Int == 12)
        #expect(object["scenario"] as? String == "s")
        #expect(object["at"] as? Int == 34)
        #expect(object["real"] as? Int == 56)
        #expect(object["type"] as? String == event.typeName)
    }

    @Test func `are one flat object with sorted keys`() throws {
        let record = EvidenceRecord(
            sequence: 3,
            scenario: "jobber/late",
            at: Stamp(nanoseconds: 1_234_567),
            event: .attemptArrived(EvidenceSamples.attempt(1, body: [0xFF, 0x00]))
        )
        let line = String(decoding: try EvidenceLine().bytes(of: record), as: UTF8.self)
        let expected =
            #"{"at":1234567,"attempt":1,"body":{"base64":"/wA="},"bodyEnd":30,"bodyRedacted":false,"connection":1,"#
            + #""deliveryKey":"evt_1","endpoint":"main","firstByte":10,"#
            + #""head":{"utf8":"POST /hooks HTTP/1.1\r\nHost: localhost\r\n\r\n"},"headEnd":20,"#
            + #""headers":[{"name":"Host","value":"localhost"}],"method":"POST","ordinal":1,"#
            + #""real":1234567,"scenario":"jobber/late","seq":3,"target":"/hooks","type":"attempt.arrived","version":"HTTP/1.1"}"#
        #expect(line == expected + "\n")
    }

    @Test func `keep every byte of a body, text or not`() throws {
        let line = EvidenceLine()
        let everyByte = (0...255).map { UInt8($0) }
        let awkward = Array("\u{0}\u{1F}\"\\/\u{2028}\u{FEFF}e\u{301}é\u{1F600}\r\n".utf8)
        for body in [everyByte, awkward, []] {
            let event = EvidenceEvent.attemptArrived(EvidenceSamples.attempt(1, body: body))
            let record = EvidenceRecord(sequence: 1, scenario: nil, at: Stamp(nanoseconds: 0), event: event)
            let back = try line.record(in: line.bytes(of: record))
            guard case .attemptArrived(let arrived) = back.event else {
                Issue.record("another type came back")
                return
            }
            #expect(arrived.body.bytes == body)
        }
    }

    @Test func `of old logs, which have one stamp, are of the real clock`() throws {
        let old = Data(#"{"at":7,"scenario":"p/a","seq":3,"step":1,"type":"step.ended"}"#.utf8)
        let record = try EvidenceLine().record(in: old)
        #expect(record.at == Stamp(nanoseconds: 7))
        #expect(record.real == Stamp(nanoseconds: 7))
    }

    @Test func `of a held clock say for how long under the name for`() throws {
        let held = EvidenceEvent.clockHeld(ClockHeld(for: Stamp(nanoseconds: 8), why: "w"))
        let record = EvidenceRecord(sequence: 1, scenario: nil, at: Stamp(nanoseconds: 5), event: held)
        let line = String(decoding: try EvidenceLine().bytes(of: record), as: UTF8.self)
        #expect(line == #"{"at":5,"for":8,"real":5,"seq":1,"type":"clock.held","why":"w"}"# + "\n")
    }

    @Test func `of an unknown type are told from broken ones`() throws {
        let line = EvidenceLine()
        let unknown = Data(#"{"seq":1,"at":2,"type":"dream.dreamt"}"#.utf8)
        let error = #expect(throws: UnknownEvidenceType.self) { try line.record(in: unknown) }
        #expect(error?.name == "dream.dreamt")
        let broken = Data(#"{"seq":1,"at":2,"type":"step.ended"}"#.utf8)
        #expect(throws: DecodingError.self) { try line.record(in: broken) }
    }
}
