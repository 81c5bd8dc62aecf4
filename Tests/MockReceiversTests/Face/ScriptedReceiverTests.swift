import MockReceivers
import Testing

@Suite struct `A receiver in a test of one's own` {
    @Test func `answers by its script and remembers what came`() async throws {
        try await withMockReceiver("500, 200", options: ReceiverOptions(deliveryHeader: "Webhook-Id")) { receiver in
            #expect(receiver.url == "http://127.0.0.1:\(receiver.port)/hooks")
            for id in ["a", "b", "a"] {
                let victim = try Victim(port: receiver.port)
                try await victim.send(request("{\"n\":1}", headers: "webhook-id: \(id)\r\n"))
                let status = try await victim.receive { $0.contains("\r\n\r\n") }.text.prefix(12).suffix(3)
                #expect(status == (receiver.requests.count == 3 ? "200" : "500"))
                victim.close()
            }
            let third = try await receiver.request(3)
            #expect(third.header("Webhook-Id") == "a" && third.text == "{\"n\":1}" && third.method == "POST")
            #expect(receiver.requests.map(\.number) == [1, 2, 3])
            #expect(receiver.failures.isEmpty)
        }
    }

    @Test func `takes another script while it is open`() async throws {
        try await withMockReceiver("500") { receiver in
            try await receiver.play("204")
            let victim = try Victim(port: receiver.port)
            try await victim.send(request("{}"))
            #expect(try await victim.receive { $0.contains("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 204"))
            victim.close()
        }
    }

    @Test func `says which request is missing`() async throws {
        try await withMockReceiver("200") { receiver in
            let error = await #expect(throws: RequestMissing.self) {
                try await receiver.request(2, within: .milliseconds(1))
            }
            #expect(error?.description.contains("request 2 did not arrive within 1ms; 0 had arrived") == true)
        }
    }

    @Test func `says what is wrong with a script`() async throws {
        let error = await #expect(throws: ScriptMistake.self) {
            try await withMockReceiver("500, rest") { _ in }
        }
        #expect(error?.description.contains("'rest'") == true && error?.description.contains("reset") == true)
    }
}
