import ContractJudging
import Foundation
import Testing
import WebhookContracts

/// Streams that another program packed: the same text with dynamic codes, fixed codes and none, and with a name in the head.
@Suite struct `Packed bodies` {
    private static let plain =
        #"{"event":"thing.created","id":"1","text":""# + String(repeating: "Zoë ", count: 40) + #""}"#
    private static let streams = [
        "H4sIAAAAAAACA6tWSi1LzStRslIqycjMS9dLLkpNLElNUdJRykwBChoCGSWpFSD5qPzDqxWGAaFUCwBx13Q99AAAAA==",
        "H4sIAAAAAAACA6tWSi1LzStRslIqycjMS9dLLkpNLElNUdJRykwBChoCGSWpFSD5qPzDqxWGAaFUCwBx13Q99AAAAA==",
        "H4sIAAAAAAAEAwH0AAv/eyJldmVudCI6InRoaW5nLmNyZWF0ZWQiLCJpZCI6IjEiLCJ0ZXh0IjoiWm/DqyBab8OrIFpvw6sg"
            + "Wm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpv"
            + "w6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8Or"
            + "IFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyBab8OrIFpvw6sgWm/DqyAifXHXdD30AAAA",
        "H4sICAAAAAAAA25hbWUuanNvbgCrVkotS80rUbJSKsnIzEvXSy5KTSxJTVHSUcpMAQoaAhklqRUg+aj8w6sVhgGhVAsAcdd0"
            + "PfQAAAA=",
    ]

    private func body(_ bytes: [UInt8], coding: String? = "gzip") -> JudgedBody {
        JudgedBody(bytes: bytes, stated: .json, mediaType: "application/json", coding: coding)
    }

    @Test(arguments: streams.indices)
    func `are unpacked`(index: Int) throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.streams[index])))
        let body = body(bytes)
        #expect(body.isUnpacked && body.unpackingProblem == nil)
        #expect(String(decoding: body.bytes, as: UTF8.self) == Self.plain)
        #expect(body.value != nil)
    }

    @Test(arguments: streams.indices)
    func `are refused when they are cut or changed anywhere`(index: Int) throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.streams[index])))
        for count in 0..<bytes.count {
            #expect(body(Array(bytes[..<count])).unpackingProblem != nil, "cut after \(count)")
        }
        for place in bytes.indices where place > 10 {
            var changed = bytes
            changed[place] ^= 0x10
            let body = body(changed)
            #expect(body.unpackingProblem != nil || String(decoding: body.bytes, as: UTF8.self) == Self.plain)
        }
    }

    @Test func `are left alone without the header that names them`() throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.streams[0])))
        #expect(!body(bytes, coding: nil).isUnpacked)
        #expect(body(bytes, coding: nil).bytes == bytes)
        #expect(body(bytes, coding: "br").bytes == bytes)
    }

    @Test func `are not unpacked without a bound`() {
        // A block of fixed codes: a zero, then copies of 258 bytes, eight of which fill 13 bytes; 70 MB in half a megabyte.
        let opening: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 0x63, 0x18, 0x05]
        let copies = [UInt8](repeating: 0, count: 600_000)
        #expect(body(opening + copies).unpackingProblem != nil)
    }
}
