import Notation
import Testing
import WebhookContracts

@Suite struct `Contract lint` {
    @Test(arguments: [
        ("exactly 3", "exactly 1", "there is only one attempt, but `retry.delays` speaks of another"),
        ("exactly 3", "exactly 1", "there is only one attempt, but `retry.counted_from` speaks of another"),
        ("exactly 3", "exactly 1", "there is only one attempt, but `retry.failures` speaks of another"),
        ("exactly 3", "exactly 1", "there is only one attempt, but `retry.retry_after` speaks of another"),
        ("exactly 3", "exactly 4", "4 attempts have 3 waits between them, but `retry.delays` has 2"),
        ("exactly 3", "exactly 0", "an event that is never attempted is not delivered"),
        ("exactly 3", "at least 3", "the number of attempts is not given"),
        ("failures: { says: [network, timeout, 4xx, 5xx]", "failures: { none: true", "but no failure is tried again"),
        ("bounded retries", "best effort", "the guarantee is best effort, but failed deliveries are tried again"),
        ("exactly 3", "exactly 1", "the guarantee is bounded retries, but nothing is tried again"),
        ("[200, 202-204]", "[2xx, 4xx]", "every 4xx counts as success, and yet is tried again"),
        ("[200, 202-204]", "[2xx, 304]", "a redirect is a failed attempt, but `success` includes statuses of 3xx"),
        ("5s from start", "0s from start", "a response limit of 0s fails every delivery"),
        ("latency: { says: 1m", "latency: { says: 0s", "no attempt can start in no time"),
        ("says: 410", "says: [204, 410]", "the status 204 is a success, and yet it switches the endpoint off"),
        (
            "automatic: { says: may", "automatic: { none: true",
            "never disabled automatically, and yet there is a threshold"
        ),
    ])
    func `finds contradictory outcomes`(_ passage: String, _ replacement: String, _ message: String) throws {
        try expect(message, after: passage, becomes: replacement)
    }

    @Test func `finds that one attempt cannot deliver at least once`() throws {
        let messages = try SmallContract.messages([("bounded retries", "at least once"), ("exactly 3", "exactly 1")])
        #expect(messages.contains("the guarantee is at least once, but nothing is tried again"))
    }

    @Test(arguments: [
        (
            "header: { says: X-Signature", "header: { says: X-Sig",
            "`signature.header` says 'X-Sig', but the list of headers"
        ),
        (
            "says: signature", "says: delivery id",
            "the signature is in 'X-Signature', but no header of the list carries"
        ),
        (
            "header: { says: X-Signature, source: manual }", "header: unstated",
            "`X-Signature` carries the signature, but"
        ),
        (
            "header: { says: X-Signature, source: manual }", "header: unstated",
            "`signature.encoding` describes a signature"
        ),
        ("encoding: { says: hex, source: manual }", "encoding: unstated", "nothing is known of `encoding`"),
        (
            "content: { says: body", "content: { says: id.timestamp.body",
            "covers a timestamp, but no header carries one"
        ),
        ("name: X-Attempt", "name: x-id", "the header `x-id` is listed twice"),
        ("says: attempt number", "says: signature", "two headers carry the signature"),
        ("application/json", "text/plain", "the body is json, but `Content-Type` says 'text/plain'"),
        ("header: X-Id", "header: X-Attempt", "receivers deduplicate by 'X-Attempt', but it carries `attempt number`"),
        ("header: X-Id", "header: X-Key", "receivers deduplicate by 'X-Key', which is not in the list of headers"),
        (
            "dedup: { says: { header: X-Id, fields: [/id] }, source: manual }", "dedup: unstated",
            "`X-Id` carries the event's id"
        ),
    ])
    func `finds contradictory headers`(_ passage: String, _ replacement: String, _ message: String) throws {
        try expect(message, after: passage, becomes: replacement)
    }

    @Test(arguments: [
        ("initial_state: { says: deactivated", "initial_state: { says: active", "but a new endpoint is active already"),
        (
            "toggle: { says: true", "toggle: { says: false",
            "a new endpoint is deactivated, and nothing can switch it on"
        ),
        ("certificates: { says: verified", "certificates: { says: unverified", "but certificates are not verified"),
        ("- role: source", "- role: event id", "two fields play the role `event id`"),
        ("- role: source\n      at: { says: /source, source: manual }", "", "endpoints filter by source, but no field"),
        ("schema: { says: schema.json, source: manual }", "schema: unstated", "no schema describes the body"),
        ("name: note.edited", "name: note.created", "the event `note.created` is listed twice"),
        (
            "wire_name: { says: note.edited", "wire_name: { says: note.created",
            "are sent under the same name, 'note.created'"
        ),
    ])
    func `finds contradictory endpoints and bodies`(_ passage: String, _ replacement: String, _ message: String) throws
    {
        try expect(message, after: passage, becomes: replacement)
    }

    @Test(arguments: [
        ("holds_back: [note.edited]", "the gate `shared` holds back 'note.edted'"),
        ("only_for: [note.edited]", "a conditional field is for 'note.edted'"),
        ("triggers: note.edited", "a watched list triggers 'note.edted'"),
        ("events: [note.created], names", "forbidden data is for 'note.edted'"),
        ("{ event: note.edited", "a substitute is for 'note.edted'"),
        ("events: [note.created], key", "a publication rule is for 'note.edted'"),
    ])
    func `finds rules about unknown events`(_ passage: String, _ message: String) throws {
        let unknown = ["note.edited", "note.created"].reduce(passage) { text, name in
            text.split(separator: name, omittingEmptySubsequences: false).joined(separator: "note.edted")
        }
        try expect("\(message), which is no event of the contract", after: passage, becomes: unknown)
    }

    @Test(arguments: [
        (
            "created", "\"type\": \"note.created\"", "\"type\": \"note.edited\"",
            "says \"note.edited\" at /type, where the event type is"
        ),
        ("created", "\"id\": \"evt_1\"", "\"id\": 1", "does not validate against schema.json: /id"),
        ("created", "\"at\": \"2026", "\"when\": \"2026", "has nothing at /at, where the occurred at is"),
        ("created", ":00.000Z", ":00Z", "which is not in the form `utc`"),
        ("created", "\"source\": \"ui\"", "\"source\": \"api\"", "has /user, which may not be there"),
        ("created", "\"user\": 7", "\"changes\": []", "has /changes, which may not be there"),
        (
            "created", "\"user\": 7", "\"by\": {\"email\": \"a@example.com\"}",
            "has a member `email`, which is forbidden"
        ),
        ("edited", "[{\"field\": \"title\"}]", "[]", "has no entry at /changes, of which there is at least one"),
        ("edited", "\"title\"", "\"colour\"", "names \"colour\" at /changes, which is not watched"),
        ("edited", "\"editor\"", "\"author\"", "a substitute stands in for /editor, but the example"),
    ])
    func `finds examples that break the contract`(
        _ example: String,
        _ passage: String,
        _ replacement: String,
        _ message: String
    ) throws {
        let problems = try SmallContract.problems(example: example, changing: passage, to: replacement)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test func `finds an example without its subject, which may stand in several places`() throws {
        let field = "    - role: source\n"
        let subject = "    - role: subject id\n      at: { says: /note, source: manual }\n"
        let other = "    - role: subject id\n      at: { says: /id, source: manual }\n"
        let without = "has nothing at any of the places where the subject id is"
        try expect("the example of `note.created` \(without)", after: field, becomes: subject + field)
        #expect(try SmallContract.problems(replacing: field, with: subject + other + field) == [])
    }

    @Test func `finds pointers to nothing`() throws {
        try expect("a publication rule goes by /no, but", after: "key: /id", becomes: "key: /no")
        try expect("receivers deduplicate by /no, but", after: "fields: [/id]", becomes: "fields: [/no]")
    }

    private func expect(_ message: String, after passage: String, becomes replacement: String) throws {
        let problems = try SmallContract.problems(replacing: passage, with: replacement)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }
}
