import Notation
import Testing
import WebhookContracts

@Suite struct `Contract variant` {
    @Test func `replaces the clauses it names and leaves the others`() throws {
        try SmallContract.read(variants: ["moved"]) { contract in
            #expect(contract.transport.method.value == "PUT")
            #expect(contract.transport.scheme.value == .httpsOnly)
            #expect(contract.endpoint.sourceFilter.isUnstated)
            #expect(contract.endpoint.toggle.value == true)
            #expect(contract.gates.isEmpty)
            #expect(contract.appliedVariants == ["moved"])
            #expect(contract.variants.map(\.name) == ["moved"])
        }
    }

    @Test func `replaces a list whole`() throws {
        try SmallContract.read(variants: ["moved"]) { contract in
            #expect(contract.events.map(\.name) == ["note.made"])
            #expect(contract.body.fields.map(\.role) == [.eventType, .eventID])
        }
    }

    @Test func `moves the examples' fields to their new places and renames the event`() throws {
        try SmallContract.read(variants: ["moved"]) { contract in
            let moved = """
                {"key":"evt_1","at":"2026-03-03T14:30:00.000Z","source":"ui","user":7,"meta":{"type":"note.made"}}
                """
            #expect(contract.events.first?.example?.compact() == moved)
        }
    }

    @Test func `does not touch the examples when none is applied`() throws {
        try SmallContract.read { contract in
            #expect(contract.appliedVariants.isEmpty)
            #expect(contract.transport.method.value == "POST")
            #expect(contract.event(named: "note.created")?.example?["type"] == .string("note.created"))
        }
    }

    @Test func `that does not exist is told with those that do`() throws {
        #expect(
            try SmallContract.messages([], variants: ["mooved"])
                == """
                contract.yaml: error: there is no variant 'mooved'
                   = help: did you mean `moved`?
                """
        )
    }

    @Test func `that misspells a clause is told at its own line`() throws {
        let passage = "method: { says: PUT"
        let problems = try SmallContract.problems(replacing: passage, with: "methid: { says: PUT", variants: ["moved"])
        #expect(problems == ["116:9: error: `methid` is not a key of the section `transport`"])
    }

    @Test func `is looked at by the lint of the file`() throws {
        for slug in ShippedContracts.slugs {
            #expect(ContractLint.problems(inFileAt: ShippedContracts.path(slug)).isEmpty)
        }
    }
}
