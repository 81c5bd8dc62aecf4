import DeliveryEvidence
import Foundation
import Testing

/// The lines that are written by hand, against those that Foundation's encoder writes.
@Suite struct `Written lines` {
    private let line = EvidenceLine()
    private let encoder: JSONEncoder

    init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Says where the two lines differ; `nil` when they are the same.
    private func difference(of record: EvidenceRecord) throws -> String? {
        let written = try line.bytes(of: record)
        let expected = try encoder.encode(record) + [0x0A]
        guard written != expected else { return nil }
        let same = zip(written, expected).prefix { $0 == $1 }.count
        let around = max(0, same - 20)
        let excerpt = { (bytes: Data) in String(decoding: bytes.dropFirst(around).prefix(60), as: UTF8.self) }
        return "at byte \(same) of \(record.event.typeName): \(excerpt(written)) instead of \(excerpt(expected))"
    }

    private func record(_ event: EvidenceEvent, at: Int64 = 0) -> EvidenceRecord {
        EvidenceRecord(sequence: 1, scenario: "p/a", at: Stamp(nanoseconds: at), event: event)
    }

    private func record(body: [UInt8]) -> EvidenceRecord {
        record(.attemptArrived(EvidenceSamples.attempt(1, body: body)))
    }

    @Test(arguments: EvidenceSamples.events)
    func `are those of the encoder`(event: EvidenceEvent) throws {
        #expect(try difference(of: record(event)) == nil)
    }

    @Test(arguments: 1...8)
    func `are those of the encoder for random records, and read back equal`(seed: Int) throws {
        var records = RandomRecords(seed: UInt64(seed))
        for _ in 0..<250 {
            let record = records.record()
            #expect(try difference(of: record) == nil)
            let bytes = try line.bytes(of: record)
            let back = try line.record(in: bytes)
            #expect(back == record)
            // Strings are equal where only their normal forms are; the bytes must be the same too.
            #expect(try line.bytes(of: back) == bytes)
        }
    }

    @Test func `escape each character as the encoder does`() throws {
        for plane in 0...16 {
            let values = UInt32(plane) << 16..<UInt32(plane + 1) << 16
            var text = String.UnicodeScalarView()
            text.append(contentsOf: values.compactMap(Unicode.Scalar.init))
            let fault = FaultProduced(
                endpoint: "",
                connection: nil,
                attempt: nil,
                asked: String(text),
                kernel: [],
                wire: ""
            )
            #expect(try difference(of: record(.faultProduced(fault))) == nil, "plane \(plane)")
        }
    }

    @Test func `tell text from other bytes as the encoder does`() throws {
        // Every lead byte with every second byte, and with what may follow.
        for lead in 0x80...0xFF {
            for second in [0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] {
                for rest in [[], [0x80], [0x80, 0x80], [0x80, 0xBF, 0x61], [0x7F, 0x80], [0xBF, 0xC0]] {
                    let character = ([lead, second] + rest).map { UInt8($0) }
                    #expect(try difference(of: record(body: character)) == nil, "\(character)")
                }
            }
        }
    }

    @Test func `escape at every place of a word and of a stretch`() throws {
        for byte: UInt8 in [0x00, 0x1F, 0x22, 0x5C, 0x7F, 0x80] {
            for length in Array(0...20) + Array(1015...1035) {
                for place in 0..<length where length <= 20 || abs(place - 1023) < 10 {
                    var body = [UInt8](repeating: UInt8(ascii: "x"), count: length)
                    body[place] = byte
                    #expect(try difference(of: record(body: body)) == nil, "\(byte) at \(place) of \(length)")
                }
            }
        }
        // Characters of several bytes across the place where room is made anew, and the longest of escapes all along.
        for shift in 0...4 {
            let padding = String(repeating: "x", count: shift)
            for character in ["é", "€", "😀", "\u{1}"] {
                let text = padding + String(repeating: character, count: 1500)
                #expect(try difference(of: record(body: Array(text.utf8))) == nil)
                #expect(try difference(of: record(body: Array(text.utf8) + [0xFF])) == nil)
            }
        }
    }

    @Test func `have the base64 of bytes of any length`() throws {
        for length in 1...70 {
            #expect(try difference(of: record(body: (0..<length).map { 0xFF - UInt8($0) })) == nil)
        }
        #expect(try difference(of: record(body: [UInt8](repeating: 0xFE, count: 200_000))) == nil)
    }

    @Test func `have numbers of any length`() throws {
        var numbers: [Int64] = [0, .min, .max, .min + 1]
        var power: Int64 = 1
        for _ in 0..<19 {
            numbers += [power, power - 1, -power, 1 - power]
            power = power.multipliedReportingOverflow(by: 10).partialValue
        }
        for number in numbers {
            let opened = ConnectionOpened(connection: Int(number), endpoint: "", peer: "")
            #expect(try difference(of: record(.connectionOpened(opened), at: number)) == nil)
        }
    }

    /// Whoever adds a field to one of these adds it to the lines and to `RandomRecords`, and then its number here.
    @Test(arguments: [
        ("attempt.arrived", 19), ("attempt.ended", 8), ("connection.opened", 3), ("connection.secured", 4),
        ("connection.closed", 4), ("handshake.failed", 2), ("fault.produced", 6),
    ])
    func `know every field`(type: String, fields: Int) throws {
        let event = try #require(EvidenceSamples.events.first { $0.typeName == type })
        let value = try #require(Mirror(reflecting: event).children.first?.value)
        #expect(Mirror(reflecting: value).children.count == fields)
    }
}
