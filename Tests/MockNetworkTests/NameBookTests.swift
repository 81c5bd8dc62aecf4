import DeliveryEvidence
import DeliveryScenarios
import MockNetwork
import RunClocks
import Testing

@Suite struct `Scripted names` {
    private let sink = RecordingSink()

    private func book(_ turns: NameAnswer...) -> NameBook {
        let names = [ScriptedName(name: "hooks.example.test", turns: turns)]
        return NameBook(ScenarioNetwork(names: names), clock: RealRunClock(), sink: sink)
    }

    private func addresses(_ texts: String...) -> NameAnswer { .addresses(texts.compactMap { IPAddress($0) }) }

    @Test func `are answered turn by turn, the last one again and again`() {
        let book = book(.notFound, .serverFailure, addresses("127.0.0.1"))
        let replies = (1...4).map { book.reply(to: Query.bytes("hooks.example.test", id: UInt16($0)), from: "a") }
        #expect(replies.map { Query.code(of: $0) } == [3, 2, 0, 0])
        #expect(Query.address(in: replies[2]) == [127, 0, 0, 1])
        #expect(sink.names.map(\.turn) == [1, 2, 3, 4])
        #expect(sink.names.map(\.answer) == [["nxdomain"], ["servfail"], ["127.0.0.1"], ["127.0.0.1"]])
    }

    @Test func `count the questions for each family of addresses apart`() {
        let book = book(.notFound, addresses("127.0.0.1", "::1"))
        let types = [NameQuestion.version4, NameQuestion.version6, NameQuestion.version4, NameQuestion.version6]
        let replies = types.enumerated().map { index, type in
            book.reply(to: Query.bytes("hooks.example.test", type: type, id: UInt16(index)), from: "a")
        }
        #expect(replies.map { Query.code(of: $0) } == [3, 3, 0, 0])
        #expect(Query.address(in: replies[2]) == [127, 0, 0, 1])
        #expect(Query.address(in: replies[3], length: 16)?.last == 1)
    }

    @Test func `take the same question from the same place for one that was sent again`() {
        let book = book(.silence, addresses("127.0.0.1"))
        #expect(book.reply(to: Query.bytes("hooks.example.test", id: 1), from: "a") == nil)
        #expect(book.reply(to: Query.bytes("hooks.example.test", id: 1), from: "a") == nil)
        #expect(book.reply(to: Query.bytes("hooks.example.test", id: 2), from: "a") != nil)
        #expect(sink.names.map(\.turn) == [1, 1, 2])
    }

    @Test func `are found in any case and with the dot of a whole name`() {
        let book = book(addresses("127.0.0.1"))
        #expect(Query.address(in: book.reply(to: Query.bytes("HOOKS.example.Test"), from: "a")) == [127, 0, 0, 1])
        #expect(sink.names.first?.name == "HOOKS.example.Test")
    }

    @Test func `have no other records, and others are not there`() {
        let book = book(addresses("127.0.0.1"))
        let service = book.reply(to: Query.bytes("hooks.example.test", type: 65), from: "a")
        #expect(Query.code(of: service) == 0)
        #expect(service?[7] == 0)
        #expect(Query.code(of: book.reply(to: Query.bytes("else.example.test"), from: "a")) == 3)
        #expect(sink.names.map(\.question) == ["TYPE65", "A"])
        #expect(sink.names.map(\.answer) == [["none"], ["nxdomain"]])
        #expect(sink.names.last?.turn == nil)
    }

    @Test func `repeat the question's number and bytes in the answer, which nobody may keep`() throws {
        let query = Query.bytes("hooks.example.test", id: 0xABCD)
        let reply = try #require(book(addresses("127.0.0.1")).reply(to: query, from: "a"))
        #expect(Array(reply.prefix(2)) == [0xAB, 0xCD])
        #expect(Array(reply[12..<query.count]) == Array(query[12...]))
        #expect(Array(reply.suffix(10).prefix(6)) == [0, 0, 0, 0, 0, 4])
    }

    @Test func `are not asked for by bytes that are no question`() {
        let book = book(addresses("127.0.0.1"))
        let query = Query.bytes("hooks.example.test")
        for count in 0..<query.count { #expect(book.reply(to: Array(query.prefix(count)), from: "a") == nil) }
        var answer = query
        answer[2] |= 0x80
        #expect(book.reply(to: answer, from: "a") == nil)
        var pointer = query
        pointer[12] = 0xC0
        #expect(book.reply(to: pointer, from: "a") == nil)
        #expect(sink.names.isEmpty)
    }

    @Test func `survive anything`() {
        let book = book(addresses("127.0.0.1"))
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = Query.bytes("hooks.example.test", type: UInt16.random(in: 0...300, using: &generator))
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
            guard let reply = book.reply(to: bytes, from: "a") else { continue }
            #expect(reply.count >= 12)
            #expect(Array(reply.prefix(2)) == Array(bytes.prefix(2)))
        }
    }
}
