import Notation
import WebhookContracts
import WebhookSigning

/// A made-up provider that promises a bit of everything.
///
/// A test takes it and changes the clause it is about.
enum SampleContract {
    static func make() throws -> Contract {
        var contract = Contract.silent(provider: "Sample", slug: "sample", path: "Scenarios/sample/contract.yaml")
        contract.transport.scheme = stated(.httpsOnly)
        contract.transport.method = stated("POST")
        contract.transport.redirects = stated(.refused)
        contract.transport.certificates = stated(.verified)
        contract.endpoint.subscription = stated(.chosen)
        contract.endpoint.initialState = stated(.active)
        contract.events = [
            try event("thing.created", #"{"event":"thing.created","id":"","thing":{"name":"Ümlaut","count":12.50}}"#),
            try event("thing.updated", #"{"event":"thing.updated","id":"","thing":{"name":"Box","count":3}}"#),
        ]
        contract.headers = [
            HeaderTerms(name: "Content-Type", value: stated(.mediaType("application/json"))),
            HeaderTerms(name: "User-Agent", value: stated(.literal("Sample-Webhook/1.0"))),
            HeaderTerms(name: "X-Event", value: stated(.eventType)),
            HeaderTerms(name: "X-Event-Id", value: stated(.eventID)),
            HeaderTerms(name: "X-Attempt", value: stated(.attemptNumber)),
            HeaderTerms(name: "X-Signature", value: stated(.signature)),
            HeaderTerms(name: "X-Signature-Alg", value: stated(.literal("hmac-sha256"))),
        ]
        contract.body = BodyTerms(
            format: stated(.json),
            schema: stated("schema/envelope.json"),
            fields: [
                try field(.eventType, "/event"), try field(.eventID, "/id"),
                try field(.occurredAt, "/occurredAt", .utc), try field(.dispatchedAt, "/sentAt", .utc),
            ]
        )
        contract.payloadSchema = try PayloadSchema(json: schema, name: "envelope.json")
        contract.signature = SignatureTerms(
            header: stated("X-Signature"),
            algorithm: stated(.hmacSHA256),
            encoding: stated(.hexLower),
            prefix: stated("sha256="),
            key: stated(.text),
            content: stated(.body),
            absentWithoutSecret: stated(true),
            perAttempt: stated(.frozen)
        )
        contract.responseLimit = stated(ResponseLimit(total: .seconds(10), measuredFrom: .receipt))
        contract.latency = stated(.seconds(60))
        contract.success = stated(StatusSet(ranges: [200...299]))
        contract.retry = RetryTerms(
            attempts: stated(CountRange(lowest: 3, highest: 3)),
            delays: stated([.seconds(300), .seconds(600)]),
            countedFrom: stated(.previousFailure),
            failures: stated(FailureClass.allCases),
            retryAfter: stated(.ignored),
            samePayload: stated(true)
        )
        contract.dedup = stated(DedupKey(header: "X-Event-Id", fields: []))
        contract.guarantee = stated(.boundedRetries)
        return contract
    }

    /// A clause that the made-up document states.
    static func stated<Value: Sendable & Hashable>(_ value: Value) -> Clause<Value> {
        Clause(
            standing: .stated,
            value: value,
            source: "Sample Webhooks, section 1",
            position: SourcePosition(line: 3, column: 5)
        )
    }

    /// A clause that is only concluded.
    static func inferred<Value: Sendable & Hashable>(_ value: Value, why: String) -> Clause<Value> {
        Clause(standing: .inferred(why: why), value: value, source: "Sample Webhooks, section 2")
    }

    static func event(_ name: String, _ example: String) throws -> EventTerms {
        EventTerms(
            name: name,
            wireName: stated(name),
            occasion: .unstated,
            examplePath: "events/\(name).json",
            example: try JSONValue.parse(Array(example.utf8))
        )
    }

    static func field(_ role: FieldRole, _ pointer: String, _ form: TimeForm? = nil) throws -> FieldTerms {
        let pointer = try JSONPointer(pointer)
        return FieldTerms(role: role, pointer: pointer, timeForm: form, clause: stated(pointer))
    }

    private static let schema = """
        {"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
         "required":["event","id","occurredAt","sentAt","thing"],
         "properties":{"event":{"type":"string"},"id":{"type":"string"},"thing":{"type":"object"}}}
        """
}
