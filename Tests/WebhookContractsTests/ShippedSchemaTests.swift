import Notation
import Testing
import WebhookContracts

@Suite struct `Shipped schemas` {
    @Test(arguments: [
        ("contentspal", "job.created", "/job/status", "null"),
        ("contentspal", "job.created", "/job/customer", "null"),
        ("contentspal", "job.created", "/job/price", "3"),
        ("contentspal", "job.created", "/changes", "null"),
        ("contentspal", "job.created", "/timestamp", "\"yesterday\""),
        ("oneclickcontractor", "job.created", "/data", "[]"),
        ("claimable", "claim.created", "/source", "\"batch\""),
        ("claimable", "claim.assigned", "/performed_by", "{\"name\": \"Mara Lindt\"}"),
        ("claimable", "claim.assigned", "/contact", "{}"),
        ("claimable", "contact.created", "/claim", "{}"),
        ("siteservicesnow", "ticket.created", "/resourceId", "\"17\""),
        ("siteservicesnow", "rep.assigned", "/data/fieldRepName", "null"),
        ("siteservicesnow", "rep.assigned", "/data", "{}"),
        ("siteservicesnow", "ticket.created", "/attempt", "1"),
        ("jobber", "CLIENT_CREATE", "/data/webHookEvent/occuredAt", "\"2026-03-03T09:31:36-07:00\""),
        ("jobber", "CLIENT_CREATE", "/data/webHookEvent/accountId", "\"17\""),
        ("jobber", "CLIENT_CREATE", "/extra", "{}"),
        ("standard-webhooks", "invoice.paid", "/type", "\"invoice paid\""),
        ("standard-webhooks", "invoice.paid", "/timestamp", "1674087231"),
    ])
    func `refuse a body that breaks the documents`(
        _ slug: String,
        _ event: String,
        _ pointer: String,
        _ value: String
    ) throws {
        let contract = try ContractFile.load(path: ShippedContracts.path(slug))
        let example = try #require(contract.event(named: event)?.example)
        let changed = try #require(example.setting(JSONValue.parse(value.utf8), at: JSONPointer(pointer)))
        let schema = try #require(contract.payloadSchema)
        #expect(schema.problems(in: Array(changed.compact().utf8)) != [])
    }

    @Test(arguments: [
        ("contentspal", "job.created", "/job/insurance/deductible", "500"),
        ("oneclickcontractor", "job.created", "/id", "\"42\""),
        ("claimable", "claim.created", "/claim/anything", "null"),
        ("siteservicesnow", "ticket.created", "/data/priority", "\"high\""),
        ("jobber", "CLIENT_CREATE", "/data/webHookEvent/more", "true"),
        ("standard-webhooks", "invoice.paid", "/environment", "\"test\""),
    ])
    func `allow what the documents leave open`(
        _ slug: String,
        _ event: String,
        _ pointer: String,
        _ value: String
    ) throws {
        let contract = try ContractFile.load(path: ShippedContracts.path(slug))
        let example = try #require(contract.event(named: event)?.example)
        let changed = try #require(example.setting(JSONValue.parse(value.utf8), at: JSONPointer(pointer)))
        let schema = try #require(contract.payloadSchema)
        #expect(schema.problems(in: Array(changed.compact().utf8)) == [])
    }

    @Test(arguments: [("era-a", "occurredAt"), ("era-b", "occurredAt")])
    func `refuse the later spelling of the time in Jobber's older eras`(_ era: String, _ name: String) throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("jobber"), variants: [era])
        let pointer = try JSONPointer("/data/webHookEvent/\(name)")
        let example = try #require(contract.events.first?.example)
        let changed = try #require(example.setting(.string("2026-03-03T09:31:36-07:00"), at: pointer))
        #expect(try #require(contract.payloadSchema).problems(in: Array(changed.compact().utf8)) != [])
    }
}
