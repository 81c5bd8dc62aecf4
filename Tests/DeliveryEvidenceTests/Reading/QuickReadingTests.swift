import DeliveryEvidence
import Foundation
import Testing

/// The records that are read by hand, against what Foundation's decoder reads from the same lines.
@Suite struct `Lines read without the decoder` {
    private let line = EvidenceLine()

    private func quickly(_ bytes: Data) throws -> EvidenceRecord {
        try Array(bytes).withUnsafeBufferPointer { try line.record(in: $0) }
    }

    private func withoutFeed(_ record: EvidenceRecord) throws -> Data { try line.bytes(of: record).dropLast() }

    @Test(arguments: 1...8)
    func `say the same for random records`(seed: Int) throws {
        var records = RandomRecords(seed: UInt64(seed))
        for _ in 0..<250 {
            let bytes = try withoutFeed(records.record())
            let record = try quickly(bytes)
            #expect(try record == line.record(in: Data(bytes)))
            // Strings are equal where only their normal forms are; the bytes must be the same too.
            #expect(try withoutFeed(record) == bytes)
        }
    }

    @Test(arguments: [
        "attempt.arrived", "attempt.ended", "connection.opened", "connection.secured", "connection.closed",
    ])
    func `are those that come by the hundred thousand`(type: String) throws {
        var event = try #require(EvidenceSamples.events.first { $0.typeName == type })
        // Bytes that are no text are rare, and the decoder's.
        if case .attemptArrived(var arrived) = event {
            arrived.body = Bytes(text: #"{"name": "Größe \"M\""}"#)
            event = .attemptArrived(arrived)
        }
        let record = EvidenceRecord(sequence: 7, scenario: "p/a", at: Stamp(nanoseconds: 5), event: event)
        #expect(EvidenceLine.isQuick(try withoutFeed(record)))
    }

    @Test(arguments: EvidenceSamples.events)
    func `say the same for every kind of record`(event: EvidenceEvent) throws {
        let record = EvidenceRecord(sequence: 7, scenario: "p/a", at: Stamp(nanoseconds: 5), event: event)
        #expect(try quickly(withoutFeed(record)) == record)
    }

    private static let opened =
        #"{"at":1,"connection":2,"endpoint":"main","peer":"p","real":3,"scenario":"p/a","seq":4,"type":"connection.opened"}"#

    @Test(arguments: [
        (#""connection":2"#, #""connection":2,"new":1"#), (#""connection":2"#, #""connection":2,"connection":2"#),
        (#""connection":2"#, #""connection":2.0"#), (#""connection":2"#, #""connection": 2"#),
        (#""peer":"p""#, #""peer":null"#), (#""scenario":"p/a","#, #""scenario":null,"#),
        (#""connection":2"#, #""connection":12345678901234567890"#),
    ])
    func `leave what is unusual to the decoder`(_ usual: String, _ unusual: String) throws {
        #expect(EvidenceLine.isQuick(Data(Self.opened.utf8)))
        let text = Data(Self.opened.replacing(usual, with: unusual).utf8)
        #expect(!EvidenceLine.isQuick(text))
        let expected = Result { try line.record(in: text) }
        let found = Result { try quickly(text) }
        switch (expected, found) {
        case (.success(let expected), .success(let found)): #expect(expected == found)
        case (.failure, .failure): break
        default: Issue.record("one reads \(unusual) and the other does not")
        }
    }

    @Test func `read no cut line of any length, as the decoder does not`() throws {
        for length in 0..<Self.opened.utf8.count {
            let text = Data(Self.opened.utf8.prefix(length))
            #expect(!EvidenceLine.isQuick(text))
            #expect(throws: (any Error).self) { try quickly(text) }
        }
    }
}
