import Notation
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Event body` {
    @Test(arguments: ["contentspal", "oneclickcontractor", "claimable", "siteservicesnow", "jobber"])
    func `of every example validates against the contract's schema`(_ slug: String) throws {
        let policy = try ShippedContract.policy(slug)
        let schema = try #require(policy.contract.payloadSchema)
        for event in policy.contract.events {
            let body = try #require(try policy.composed(event.name), "\(event.name) is not published")
            #expect(schema.problems(in: Array(body.compact().utf8)).isEmpty, "\(event.name): \(body.compact())")
        }
    }

    @Test func `has the dispatcher's id, name and time of dispatch`() throws {
        let ssn = try #require(try ShippedContract.policy("siteservicesnow").composed("job.scheduled"))
        #expect(ssn["id"] == .string("evt_1"))
        #expect(ssn["type"] == .string("job.scheduled"))
        let contentspal = try #require(try ShippedContract.policy("contentspal").composed("job.created"))
        #expect(contentspal["timestamp"] == .string("2026-03-03T14:30:00.250Z"))
    }

    @Test func `keeps the time of occurrence that came, and fills in an absent one`() throws {
        let policy = try ShippedContract.policy("jobber")
        let pointer = try #require(policy.contract.body.field(playing: .occurredAt)?.pointer)
        let event = try #require(policy.contract.events.first)
        let kept = try #require(try policy.composed(event.name))
        #expect(kept[pointer] == event.example?[pointer])
        let filled = try #require(try policy.composed(event.name) { $0.removing(at: pointer) })
        #expect(filled[pointer] == .string("2026-03-03T14:30:00+00:00"))
    }

    @Test func `drops changes that nobody watches, and the event with the last of them`() throws {
        let policy = try ShippedContract.policy("contentspal")
        let changes = try JSONPointer("/changes")
        let mixed = try json(
            #"[{"field":"jobName","oldValue":"a","newValue":"b"},{"field":"color","oldValue":"a","newValue":"b"}]"#
        )
        let body = try #require(try policy.composed("job.updated") { $0.setting(mixed, at: changes) ?? $0 })
        #expect(body[changes]?.items?.count == 1)
        let unwatched = try json(#"[{"field":"color","oldValue":"a","newValue":"b"}]"#)
        #expect(try policy.composed("job.updated") { $0.setting(unwatched, at: changes) ?? $0 } == nil)
        let created = try #require(try policy.composed("job.created") { $0.setting(mixed, at: changes) ?? $0 })
        #expect(created[changes] == nil)
    }

    @Test func `has a field only under its condition`() throws {
        let policy = try ShippedContract.policy("claimable")
        let user = try JSONPointer("/performed_by/user_id")
        let performer = try json(#"{"user_id":7,"name":"Ann"}"#)
        for (source, isThere) in [("ui", true), ("api", false)] {
            let body = try policy.composed("claim.created") { example in
                example.setting(performer, at: JSONPointer(tokens: ["performed_by"]))?
                    .setting(.string(source), at: JSONPointer(tokens: ["source"])) ?? example
            }
            #expect((try #require(body)[user] != nil) == isThere)
        }
    }

    @Test func `has none of the field rep's data, at any depth, and a text for no rep`() throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        let data = try json(#"{"fieldRepName":null,"email":"a@b","deep":[{"phone":"1","kept":1}]}"#)
        let body = try policy.composed("rep.assigned") { $0.setting(data, at: JSONPointer(tokens: ["data"])) ?? $0 }
        #expect(
            try #require(body)["data"]?.compact() == #"{"fieldRepName":"Awaiting reassignment","deep":[{"kept":1}]}"#
        )
    }

    @Test func `keeps key order, number literals and unusual characters`() throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        let odd = try json(#"{"z":1.0,"a":9007199254740993,"e":1e400,"u":"é\u2028<&>😀\u0000"}"#)
        let body = try policy.composed("job.scheduled") { $0.setting(odd, at: JSONPointer(tokens: ["data"])) ?? $0 }
        let bytes = policy.bytes(of: try #require(body))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"data\":{\"z\":1.0,\"a\":9007199254740993,\"e\":1e400,\"u\":\"é\u{2028}<&>😀\\u0000\"}"))
    }

    @Test func `is refused when the payload has no place for a field`() throws {
        let policy = try ShippedContract.policy("jobber")
        #expect(throws: RequestRefusal.self) { try policy.composed("CLIENT_CREATE") { _ in .object([]) } }
    }

    @Test func `of one subject has one publication key`() throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        let subject = JSONPointer(tokens: ["resourceId"])
        let body = try #require(try policy.composed("ticket.created"))
        let other = try #require(body.setting(.string("visit_2"), at: subject))
        let key = policy.publicationKey(of: body, event: "ticket.created")
        #expect(key != nil)
        #expect(policy.publicationKey(of: other, event: "ticket.created") != key)
        #expect(policy.publicationKey(of: body, event: "job.completed") == nil)
        #expect(policy.publicationKey(of: body.removing(at: subject), event: "ticket.created") == nil)
    }
}
