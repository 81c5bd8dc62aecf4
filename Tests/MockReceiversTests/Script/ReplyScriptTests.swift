import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Notation
import Testing

@Suite struct `The reply script` {
    @Test func `advances apart for each delivery and repeats its last reply`() async throws {
        let replies: [Reply] = [.status(500), .status(200)]
        let evidence = try await receiving(replies, keys: [.header("X-Delivery")]) { bench in
            for delivery in ["a", "b", "a", "a", "b"] {
                _ = try await bench.post("{}", headers: "x-delivery: \(delivery)\r\n")
            }
        }
        #expect(evidence.arrived.map(\.deliveryKey) == ["a", "b", "a", "a", "b"])
        #expect(evidence.arrived.map(\.ordinal) == [1, 1, 2, 3, 2])
        // Connections that end one after the other may be recorded in another order.
        let ended = evidence.ended.sorted { $0.attempt < $1.attempt }
        #expect(ended.map(\.attempt) == evidence.arrived.map(\.attempt))
        #expect(ended.map(\.status) == [500, 500, 200, 200, 200])
    }

    @Test func `gives each of fifty requests at once a reply of its own`() async throws {
        let replies = (0..<50).map { Reply.status(200 + $0) }
        let evidence = try await receiving(replies) { bench in
            let statuses = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { String(try await bench.post("{}").text.prefix(12).suffix(3)) } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(statuses == Set((200..<250).map { "\($0)" }))
        }
        #expect(evidence.arrived.map(\.ordinal).sorted() == Array(1...50))
        #expect(evidence.arrived.map(\.attempt).sorted() == Array(1...50))
        #expect(Set(evidence.ended.map(\.attempt)).count == 50 && evidence.ended.count == 50)
    }

    @Test func `gives a retry that overlaps a hung attempt the next reply`() async throws {
        let evidence = try await receiving([.fault(Fault(kind: .hang)), .status(200)]) { bench in
            let hung = try bench.victim()
            try await hung.send(request("{}"))
            try await bench.evidence.reach { $0.arrived.count == 1 }
            #expect(try await bench.post("{}").text.hasPrefix("HTTP/1.1 200 OK"))
            hung.close()
        }
        #expect(evidence.arrived.map(\.ordinal) == [1, 2])
    }

    @Test func `reads keys from JSON and from forms with bracketed names alike`() async throws {
        let keys: [DeliveryKeySource] = [
            .header("Webhook-Id"),
            .fields([try JSONPointer("/data/webHookEvent/topic"), try JSONPointer("/data/webHookEvent/itemId")]),
        ]
        let bodies = [
            #"{"data":{"webHookEvent":{"topic":"JOB_CREATE","itemId":"MTIz"}}}"#,
            "data[webHookEvent][topic]=JOB_CREATE&data%5BwebHookEvent%5D%5BitemId%5D=MTIz",
            #"{"data":{"webHookEvent":{"topic":"JOB_CREATE"}}}"#,
            "{broken",
            "",
        ]
        let evidence = try await receiving([.status(200)], keys: keys) { bench in
            for body in bodies { _ = try await bench.post(body) }
            _ = try await bench.post("{}", headers: "webhook-id: evt_1\r\n")
        }
        let key = #"["JOB_CREATE","MTIz"]"#
        #expect(evidence.arrived.map(\.deliveryKey) == [key, key, nil, nil, nil, "evt_1"])
        #expect(evidence.arrived.map(\.ordinal) == [1, 2, 1, 2, 3, 1])
    }

    @Test func `never forgets a delivery for a new one`() {
        let script = ScriptProgress(ReplyScript(replies: [.status(500), .status(200)]), capacity: 2)
        let turns = ["a", "b", "c", "d", "a", "c"].map { script.advance($0) }
        #expect(turns.map(\.ordinal) == [1, 1, 1, 1, 2, 1])
        #expect(turns.map(\.overflowed) == [false, false, true, false, false, false])
        #expect(turns[4].reply == .status(200))
    }

    @Test func `takes numbers as keys as they are written`() async throws {
        let evidence = try await receiving([.status(200)], keys: [.fields([try JSONPointer("/id")])]) { bench in
            for value in ["9007199254740993", "null", #""x""#] { _ = try await bench.post(#"{"id":\#(value)}"#) }
        }
        #expect(evidence.arrived.map(\.deliveryKey) == ["9007199254740993", nil, "x"])
    }
}
