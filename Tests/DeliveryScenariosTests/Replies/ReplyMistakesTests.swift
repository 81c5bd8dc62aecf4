import DeliveryScenarios
import Notation
import Testing

@Suite struct `Mistakes in a reply` {
    private func messages(_ endpoint: String) -> [String] {
        let text = "scenario: Late\nendpoints:\n  main: { \(endpoint) }\nsteps: [quiet]\n"
        do {
            _ = try ScenarioFile.read(SourceText(path: "test/late.yaml", text: text))
            return []
        } catch {
            #expect(error.diagnostics.allSatisfy { $0.position != nil })
            return error.diagnostics.map(\.message)
        }
    }

    @Test(
        arguments: [
            ("times: 3", "a reply must be `respond` or `fault`"),
            ("respond: 200, tmies: 3", "`tmies` is not a key of a reply"),
            ("respond: 200, times: 0", "`times` must be a whole number from 1 to 1000000, not '0'"),
            ("respond: 200, times: 2, for: 5s", "`times` and `for` exclude each other"),
            ("respond: 200, for: 5", "`for`: the duration '5' has no unit"),
            ("respond: 200, every: often", "`every`: 'often' does not say which attempts"),
            ("respond: 200, with: 120 %", "`with`: '120 %' is not a chance"),
            ("respond: 200, from: 5m", "`from` needs `for`"),
            ("respond: 200, every: 3rd, with: 5 %", "`every` and `with` exclude each other"),
            ("respond: 200, every: 3rd, times: 2", "`times` does not go with `every`"),
            ("fault: refuse", "`refuse` needs a time after which the port is open again"),
            ("fault: refuse, times: 2", "`refuse` needs a time after which the port is open again"),
            ("fault: refuse, every: 3rd", "`refuse` needs a time after which the port is open again"),
            ("fault: refuse for 5s after 2s", "`refuse` waits for nothing"),
            ("fault: expired after 2s", "`expired` waits for nothing"),
            ("fault: reset at accept after 1s..2s", "a wait before any request cannot be drawn for each attempt"),
            ("fault: { kind: slow-read, early: true }", "`early` does not go with `slow-read`"),
            (
                "fault: { kind: slow-read, slow_read: { bytes: 1, every: 1s } }",
                "`slow_read` does not go with `slow-read`"
            ),
            (
                "respond: { status: 200, hold_headers: 1s, drip: { head: 1 byte, every: 1s } }",
                "`hold_headers` and a drip of the head exclude each other"
            ),
            (
                "respond: { status: 200, gzip_bomb: 1GiB, drip: { body: 1 byte, every: 1s } }",
                "a body that drips is written out"
            ),
            (
                "respond: { status: 200, size: 17MiB, drip: { body: 1 byte, every: 1s } }",
                "a body that drips is written out"
            ),
            ("fault: reset x3", "`fault`: 'x3' is not a point of the exchange"),
            ("fault: reset every 3rd", "`fault`: 'every 3rd' is not a point of the exchange"),
            ("fault: 500", "`fault`: '500' is not a fault"),
            ("fault: { kind: 500 }", "`kind`: '500' is not a fault"),
            ("fault: { at: after head }", "a fault needs the key `kind`"),
            ("fault: { kind: reset, wher: after head }", "`wher` is not a key of a fault"),
            ("fault: { kind: lost-ack, at: after head }", "`at`: `lost-ack` cannot happen `after head`"),
            ("fault: { kind: reset, bytes: 5 }", "`bytes` means nothing to `reset`"),
            ("fault: { kind: garbage, every: 5s }", "`every` means nothing to `garbage`"),
            ("fault: { kind: reset, code: 5 }", "`code` means nothing to `reset`"),
            ("fault: { kind: garbage, bytes: 0 }", "`bytes`: '0' is not a number of bytes from 1 to 1024GiB"),
            ("fault: { kind: reset, drip: { head: 1 byte, every: 1s } }", "`drip` belongs to `respond`"),
            ("fault: { kind: reset, early: true }", "`early` belongs to `respond`"),
            ("fault: { kind: reset, at: at accept, body: no }", "`reset` at accept comes before any answer"),
            ("fault: { kind: expired, status: 200 }", "`expired` in the handshake comes before any answer"),
            ("fault: { kind: limit_data }", "`bytes` is missing"),
            ("fault: { kind: timeout, timeout: 5s }", "`timeout` must be a whole number from 0"),
            ("respond: { status: 200, body: a, size: 1KiB }", "`body` and `size` exclude each other"),
            ("respond: { status: 200, size: 0 bytes }", "`size`: '0 bytes' is not a size from 1 byte to 1024GiB"),
            ("respond: { status: 200, size: 5 }", "`size`: the size '5' has no unit"),
            (
                "respond: { status: 200, reason: \"a\\nb\" }",
                "`reason`: a reason phrase cannot have a control character"
            ),
            ("respond: { status: 204, hold_body: 1s, body: a }", "a 204 has no body to hold or drip"),
            ("respond: { status: 200, interim: 103 }", "`interim` must be a list of at most 100 answers, not text"),
            ("respond: { status: 200, interim: [101] }", "101 is no interim answer"),
            ("respond: { status: 200, interim: [200] }", "`status` must be a whole number from 100 to 199, not '200'"),
            ("respond: { status: 200, slow_read: { bytes: 5 } }", "a slow read needs the key `every`"),
            ("respond: { status: 200, after: { about: 1s } }", "a delay needs `between` or `lognormal`"),
            ("respond: { status: 200, after: { between: 1s } }", "`between`: '1s' is not a span"),
            ("respond: { status: 200, after: 3s..1s }", "`after`: '3s..1s' ends before it starts"),
            (
                "respond: { status: 200, after: { between: 1s..2s, lognormal: { median: 1s, sigma: 1, at most: 2s } } }",
                "`between` and `lognormal` exclude each other"
            ),
            (
                "respond: { status: 200, after: { lognormal: { median: 1s, sigma: 0.5 } } }",
                "a lognormal delay needs the key `at most`"
            ),
            (
                "respond: { status: 200, after: { lognormal: { median: 1s, sigma: 0, at most: 3s } } }",
                "`sigma`: '0' is not above 0 and at most 10"
            ),
            (
                "respond: { status: 200, after: { lognormal: { median: 4s, sigma: 1, at most: 3s } } }",
                "the median must be above 0s and not above `at most`"
            ),
        ]
    )
    func `is told`(_ reply: String, _ message: String) {
        let messages = messages("receiver: [{ \(reply) }]")
        #expect(messages.contains { $0.hasPrefix(message) }, "\(messages)")
    }

    @Test(
        arguments: [
            ("scheme: http", "fault: expired", "`expired` needs TLS, and the endpoint speaks plain HTTP"),
            ("scheme: http", "fault: tls-truncation", "`tls-truncation` needs TLS, and the endpoint speaks plain HTTP"),
            ("secret: true", "fault: goaway", "`goaway` needs HTTP/2, which the endpoint does not offer"),
            (
                "secret: true", "fault: { kind: reset, at: inside body, status: 204 }",
                "a 204 has no body, so `reset inside body` cannot happen"
            ),
            (
                "secret: true", "fault: { kind: malformed-chunk, status: 304 }",
                "a 304 has no body, so `malformed-chunk before body` cannot happen"
            ),
            (
                "secret: true", "fault: { kind: hang, at: inside header 3, headers: { X-A: 1 } }",
                "the answer has 2 header lines, so nothing happens `inside header 3`"
            ),
            (
                "secret: true", "fault: { kind: hang, at: after 5 bytes of the body, body: four }",
                "the answer's body has 4 bytes, so nothing happens `after 5 bytes of the body`"
            ),
            (
                "secret: true", "fault: { kind: hang, at: inside body, body: a }",
                "the answer's body has 1 bytes, so nothing happens `inside body`"
            ),
        ]
    )
    func `that cannot be produced is foreseen`(_ settings: String, _ reply: String, _ message: String) {
        #expect(messages("\(settings), receiver: [{ \(reply) }]") == [message])
    }

    @Test(
        arguments: [
            "fault: { kind: hang, at: after 4 bytes of the body, body: four }",
            "fault: { kind: hang, at: after header 2, headers: { X-A: 1 } }",
            "fault: { kind: reset, at: after 1GiB of the body, gzip_bomb: 1GiB }",
            "fault: { kind: reset, at: after header 1, status: 204, headers: { X-A: 1 } }",
        ]
    )
    func `is not seen where there is none`(_ reply: String) {
        #expect(messages("receiver: [{ \(reply) }]").isEmpty)
    }
}
