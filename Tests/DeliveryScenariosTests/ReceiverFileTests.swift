import DeliveryScenarios
import Notation
import Testing

@Suite struct `Receiver file` {
    private func read(_ text: String) throws(DiagnosticList) -> ReceiverFile {
        try ReceiverFile.read(SourceText(path: "test/failing.yaml", text: text))
    }

    @Test func `is the receiver part of a scenario`() throws {
        let file = try read(
            """
            contract: ../jobber/contract.yaml
            variant: era-a
            seed: 7
            receiver:
              - { respond: 500, with: 20 % }
            endpoint: { scheme: http, target: /x }
            """
        )
        #expect(file.contractPath == "test/../jobber/contract.yaml" && file.variants == ["era-a"])
        let endpoint = try #require(file.endpoints.first)
        #expect(file.endpoints.count == 1 && endpoint.name == "main" && endpoint.identity == .plain)
        #expect(endpoint.target == "/x" && endpoint.script.seed == 7 && endpoint.script.interruptions.count == 1)
        #expect(file.warnings.isEmpty)
    }

    @Test func `may have several endpoints, each with a seed of its own`() throws {
        let file = try read(
            "seed: 1\nendpoints:\n  a: { receiver: [{ respond: 200 }] }\n  b: { receiver: [{ respond: 200 }], seed: 2 }\n"
        )
        #expect(file.endpoints.map(\.script.seed) == [1, 2] && file.contractPath == nil)
    }

    @Test func `may be a whole scenario`() throws {
        let file = try read(
            "scenario: S\nwhy: W\nclock: warped\ntags: [a]\nreceiver: [{ fault: hang }]\nsteps: [nonsense]\nexpect: { odd: 1 }\n"
        )
        #expect(file.endpoints.first?.script.replies == [.fault(Fault(kind: .hang))])
        #expect(file.contractPath == "test/contract.yaml")
    }

    @Test func `tells its mistakes with their places`() {
        let error = #expect(throws: DiagnosticList.self) { try read("receiver:\n  - fault: rest\nports: 5\n") }
        let source = SourceText(path: "test/failing.yaml", text: "receiver:\n  - fault: rest\nports: 5\n")
        let text = error?.rendered(sources: [source]) ?? ""
        #expect(text.contains("test/failing.yaml:2:12: error: `fault`: 'rest' is not a fault"))
        #expect(text.contains(" 2 |   - fault: rest\n   |            ^"))
        #expect(text.contains("test/failing.yaml:3:1: error: `ports` is not a key of a receiver file"))
    }

    @Test(
        arguments: [
            ("- a", "a receiver file must be a mapping, not a list"),
            ("seed: 7", "a receiver file needs the key `receiver`"),
            ("seed: -1\nreceiver: [{ respond: 200 }]", "`seed` must be a whole number from 0"),
            ("receiver: [{ fault: lost-ack after head }]", "`fault`: `lost-ack` cannot happen `after head`"),
        ]
    )
    func `is checked`(_ text: String, _ message: String) {
        let error = #expect(throws: DiagnosticList.self) { try read(text) }
        #expect(error?.diagnostics.first?.message.hasPrefix(message) == true, "\(error?.diagnostics ?? [])")
    }

    @Test func `keeps what is doubtful as warnings`() throws {
        let file = try read(
            """
            endpoint:
              match:
                - { name: all, when: { path: { starts_with: / } }, receiver: [{ respond: 200 }] }
                - { name: late, when: { path: /late }, receiver: [{ respond: 500 }] }
            """
        )
        #expect(file.warnings.map(\.message) == ["the rule `late` never applies: `all` takes everything that it would"])
        #expect(file.warnings.first?.position?.line == 4)
    }

    @Test func `leaves TLS and HTTP2 to whoever opens the endpoints`() throws {
        let file = try read("receiver: [{ fault: goaway }, { fault: expired }]\nendpoint: { scheme: http }\n")
        var endpoint = try #require(file.endpoints.first)
        #expect(ScriptDoubt.all(of: endpoint).map(\.severity) == [.error, .error])
        (endpoint.identity, endpoint.offersHTTP2) = (.trusted, true)
        #expect(ScriptDoubt.all(of: endpoint).isEmpty)
    }

    @Test(
        arguments: [
            ("receiver: [{ respond: { status: 200, body_file: /etc/passwd } }]", "`body_file` is for scripts in files"),
            (
                "receiver: [{ fault: { kind: reset, at: inside body, body_file: nowhere } }]",
                "`body_file` is for scripts in files"
            ),
            (
                "endpoint: { handshake: { kind: zoom, secret: { env: PATH } } }\nreceiver: [{ respond: 200 }]",
                "a secret from the environment is for scripts in files"
            ),
        ]
    )
    func `that came over the network reads nothing of the host`(_ text: String, _ message: String) {
        let source = SourceText(path: "script", text: text)
        let error = #expect(throws: DiagnosticList.self) { try ReceiverFile.read(source, mayReadHost: false) }
        #expect(error?.diagnostics.map(\.message) == [message])
    }

    @Test func `that came over the network may name its headers as it likes`() throws {
        let text = "receiver: [{ respond: { status: 200, headers: { body_file: a, secret: b } } }]"
        let file = try ReceiverFile.read(SourceText(path: "script", text: text), mayReadHost: false)
        #expect(file.endpoints.count == 1)
    }

    @Test func `that is missing is told as such`() {
        let error = #expect(throws: DiagnosticList.self) { try ReceiverFile.load(path: "nowhere/late.yaml") }
        #expect(error?.diagnostics.first?.message == "there is no such file")
    }
}
