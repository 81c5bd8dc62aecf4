import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Notation
import RunClocks
import Testing

@Suite struct Rules {
    private static let script: ReplyScript = {
        let signed = RequestPattern(signature: .invalid)
        let orders = RequestPattern(methods: ["POST"], path: .startsWith("/orders"))
        let big = RequestPattern(
            headers: [.init(name: "X-Tenant", value: .equals("acme"))],
            fields: [.init(pointer: (try? JSONPointer("/data/id")) ?? JSONPointer(tokens: []), value: .equals("5"))]
        )
        return ReplyScript(
            turns: [],
            rules: [
                ReplyRule(name: "bad signature", pattern: signed, turns: [ScriptTurn(reply: .status(401))]),
                ReplyRule(name: "orders", pattern: orders, turns: [ScriptTurn(reply: .status(202))]),
                ReplyRule(name: "acme's fifth", pattern: big, turns: [ScriptTurn(reply: .status(207))]),
            ]
        )
    }()

    /// Takes a request for signed wrongly when a header says so.
    private struct SaysHeader: SignatureReading {
        func state(of request: RequestFacts) -> RequestPattern.SignatureState {
            request.headers.contains { $0.name == "X-Bad" } ? .invalid : .valid
        }
    }

    private static func answers(
        _ requests: [String],
        signatures: (any SignatureReading)?
    ) async throws
        -> (statuses: [String], evidence: RecordedEvidence)
    {
        let evidence = RecordedEvidence()
        let statuses = try await withReceiverScope(authority: try RunAuthority(), clock: RealRunClock()) { scope in
            let endpoint = ScenarioEndpoint(name: "a", identity: .plain, script: script)
            let receiver = try await scope.open(endpoint, sink: evidence, signatures: signatures)
            var statuses: [String] = []
            for request in requests {
                let victim = try Victim(port: receiver.port)
                try await victim.send(request)
                statuses.append(String(try await victim.receive { $0.contains("\r\n\r\n") }.text.prefix(12).suffix(3)))
                victim.close()
            }
            return statuses
        }
        return (statuses, evidence)
    }

    private static func post(_ path: String, _ headers: String = "", _ body: String = "{}") -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `choose the script of the first that matches`() async throws {
        let (statuses, evidence) = try await Self.answers(
            [
                Self.post("/orders/1?x=1"), Self.post("/orders", "X-Bad: 1\r\n"),
                Self.post("/x", "x-tenant: acme\r\n", #"{"data":{"id":5}}"#),
            ],
            signatures: SaysHeader()
        )
        #expect(statuses == ["202", "401", "207"])
        #expect(evidence.arrived.map(\.place) == ["orders/1", "bad signature/1", "acme's fifth/1"])
    }

    @Test func `answer 404 to what none matches and say which was nearest and why`() async throws {
        let (statuses, evidence) = try await Self.answers(
            [Self.post("/other", "X-Tenant: acme\r\n", #"{"data":{"id":6}}"#)],
            signatures: SaysHeader()
        )
        #expect(statuses == ["404"])
        let why = try #require(evidence.arrived.first?.unmatched)
        #expect(why.contains("the signature is valid, not invalid"))
        #expect(evidence.arrived.first?.place == "unmatched")
    }

    @Test func `on signatures apply to nothing when nobody can judge them`() async throws {
        let (statuses, _) = try await Self.answers([Self.post("/x", "X-Bad: 1\r\n")], signatures: nil)
        #expect(statuses == ["404"])
    }

    @Test func `with wildcards match in bounded time whatever is sent`() {
        let pattern = TextPattern.like("*a*a*a*a*a*a*a*b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
        #expect(pattern.matches(String(repeating: "a", count: 20) + "b"))
        #expect(TextPattern.like("/v*/orders").matches("/v2/orders") && !TextPattern.like("/v*").matches("/x"))
    }
}
