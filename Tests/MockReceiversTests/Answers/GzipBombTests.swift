import DeliveryScenarios
import Foundation
import MockReceivers
import Testing

@Suite struct `A gzip body` {
    @Test(arguments: [1, 259, 260, 100_000, 3_000_000])
    func `unpacks to zeros and to no fewer than were asked`(_ size: Int) async throws {
        let response = Response(status: 200, filler: .gzip(inflated: size))
        var packed: [UInt8] = []
        try await receiving([.respond(response)]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}", headers: "Connection: close\r\n"))
            let bytes = Array(try await victim.receive().pieces.joined())
            victim.close()
            let end = try #require(Data(bytes).firstRange(of: Data("\r\n\r\n".utf8)))
            #expect(String(decoding: bytes[..<end.lowerBound], as: UTF8.self).contains("Content-Encoding: gzip"))
            packed = Array(bytes[end.upperBound...])
        }
        let inflated = Int(packed.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
        #expect(inflated >= size && inflated < size + 8 * 258 + 259)
        var checksum: UInt32 = 0
        for byte in packed.suffix(8).prefix(4).reversed() { checksum = checksum << 8 | UInt32(byte) }
        #expect(checksum == Self.checksum(ofZeros: inflated))
        #expect(Self.inflated(packed.dropFirst(10).dropLast(8)) == inflated)
    }

    /// The checksum bit by bit, as RFC 1952 has it.
    private static func checksum(ofZeros count: Int) -> UInt32 {
        var register = UInt32.max
        for _ in 0..<count * 8 { register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1 }
        return ~register
    }

    /// How many zeros a block of fixed codes unpacks to; `nil` when it is not made of literal zeros and copies from one byte
    /// back.
    private static func inflated(_ bytes: ArraySlice<UInt8>) -> Int? {
        var bits = bytes.lazy.flatMap { byte in (0..<8).lazy.map { byte >> $0 & 1 } }.makeIterator()
        func code(_ count: Int) -> Int { (0..<count).reduce(0) { code, _ in code << 1 | Int(bits.next() ?? 0) } }
        guard code(3) == 0b110 else { return nil }
        var count = 0
        while true {
            let seven = code(7)
            if seven == 0 { return count }
            let eight = seven << 1 | code(1)
            if eight == 0b0011_0000 {
                count += 1
            } else if eight == 0b1100_0101, code(5) == 0 {
                count += 258
            } else {
                return nil
            }
        }
    }
}
