import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Shipped contracts` {
    @Test(arguments: ShippedContracts.slugs)
    func `load in every variant without a complaint`(_ slug: String) throws {
        do {
            for edition in try ShippedContracts.editions(slug) {
                let complaints = DiagnosticList(edition.warnings).rendered(sources: [edition.source])
                #expect(complaints.isEmpty)
                #expect(edition.contract.slug == slug)
            }
        } catch let error as DiagnosticList {
            Issue.record("\(error.rendered(sources: [try SourceText.read(path: ShippedContracts.path(slug))]))")
        }
    }

    @Test(arguments: ShippedContracts.slugs)
    func `have an example for every event that keeps the schema`(_ slug: String) throws {
        for contract in try ShippedContracts.editions(slug).map(\.contract) {
            let schema = try #require(contract.payloadSchema)
            for event in contract.events {
                let example = try #require(event.example, "\(event.name)")
                #expect(schema.problems(in: Array(example.compact().utf8)) == [], "\(event.name)")
            }
        }
    }

    @Test(arguments: zip(ShippedContracts.slugs, [3, 10, 9, 7, 4, 3, 3]))
    func `name all events of the documents`(_ slug: String, _ count: Int) throws {
        #expect(try ContractFile.load(path: ShippedContracts.path(slug)).events.count == count)
    }

    @Test func `say that ContentsPal tries once and signs in hex`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("contentspal"))
        #expect(contract.retry.attempts.value == CountRange(lowest: 1, highest: 1))
        #expect(contract.retry.delays.isNone)
        #expect(contract.guarantee.value == .bestEffort)
        #expect(contract.responseLimit.value == ResponseLimit(total: .seconds(30), measuredFrom: .start))
        #expect(contract.signature.prefix.value == "sha256=")
        #expect(contract.signature.encoding.value == .hexLower)
        #expect(contract.signature.absentWithoutSecret.value == true)
        #expect(contract.header(carrying: .literal("ContentsPal-Webhook/1.0"))?.name == "User-Agent")
        #expect(contract.body.watched.first?.value?.values == ["jobName", "settings.customer", "settings.insurance"])
        #expect(contract.gates.map(\.name) == ["organization-link"])
        #expect(contract.endpoint.initialState.isUnstated)
    }

    @Test func `say that One Click Contractor tries three times and starts deactivated`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("oneclickcontractor"))
        #expect(contract.transport.scheme.value == .httpsOnly)
        #expect(contract.retry.attempts.value == CountRange(lowest: 3, highest: 3))
        #expect(contract.retry.delays.value == [.seconds(300), .seconds(600)])
        #expect(contract.retry.countedFrom.value == .previousFailure)
        #expect(contract.retry.failures.value == FailureClass.allCases)
        #expect(contract.retry.samePayload.value == true)
        #expect(contract.latency.value == .seconds(120))
        #expect(contract.endpoint.initialState.value == .deactivated)
        #expect(contract.endpoint.activationDelivery.value == true)
        #expect(contract.endpoint.authentication.value == [.none, .basic])
        #expect(contract.events.allSatisfy { $0.wireName.isUnstated })
        #expect(contract.signature.header.isUnstated)
        #expect(contract.responseLimit.isUnstated)
        let log = try #require(contract.deliveryLog.value)
        #expect(
            Set(log.event).union(log.attempt) == Set(LogField.allCases).subtracting([.failureKind, .nextAttemptAt])
        )
        let basic = try ContractFile.load(path: ShippedContracts.path("oneclickcontractor"), variants: ["basic-auth"])
        #expect(basic.endpoint.authentication.value == [.basic])
    }

    @Test func `say that Claimable names the event twice and nothing about answers`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("claimable"))
        #expect(contract.header(carrying: .eventType)?.name == "Event-Name")
        #expect(contract.body.field(playing: .eventType)?.pointer == (try JSONPointer("/event_name")))
        #expect(contract.success.isUnstated && contract.retry.attempts.isUnstated && contract.guarantee.isUnstated)
        let renamed = try ContractFile.load(path: ShippedContracts.path("claimable"), variants: ["renamed-events"])
        #expect(renamed.events.count == 12)
        #expect(renamed.event(named: "claim.label_added") == nil)
        let label = try #require(renamed.event(named: "claim.label.added"))
        #expect(label.example?["event_name"] == .string("claim.label.added"))
        #expect(renamed.endpoint.sourceFilter.value == ["ui"])
        let quoted = try ContractFile.load(path: ShippedContracts.path("claimable"), variants: ["quoted-event-name"])
        #expect(quoted.header(carrying: .quotedEventType)?.name == "Event-Name")
    }

    @Test func `say that Site Services Now sends at least once and hides the rep's data`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("siteservicesnow"))
        #expect(contract.guarantee.value == .atLeastOnce)
        #expect(contract.dedup.value?.header == "x-ssn-event-id")
        #expect(contract.header(carrying: .attemptNumber)?.name == "x-ssn-attempt")
        #expect(contract.header(carrying: .literal("hmac-sha256"))?.name == "x-ssn-signature-alg")
        #expect(contract.gates.map(\.name) == ["api-enabled", "qa-passed", "date-entered", "before-dispatch"])
        #expect(contract.gates.first?.covers("rep.assigned") == true)
        #expect(contract.body.substitutes.first?.value?.text == "Awaiting reassignment")
        #expect(contract.publication.once.value?.first?.events == ["ticket.created"])
        #expect(contract.signature.encoding.value == .hexLower)
        let base64 = try ContractFile.load(
            path: ShippedContracts.path("siteservicesnow"),
            variants: ["base64-signature"]
        )
        #expect(base64.signature.encoding.value == .base64)
    }

    @Test func `say that Standard Webhooks signs anew on a ladder of three days`() throws {
        let path = ShippedContracts.path("standard-webhooks")
        let contract = try ContractFile.load(path: path)
        let signature = contract.signature
        #expect(signature.algorithm.value == .hmacSHA256 && signature.algorithm.standing == .stated)
        #expect(signature.prefix.value == "v1," && signature.content.value == .idTimestampBody)
        #expect(signature.key.value == .base64Decoded(prefix: "whsec_") && signature.perAttempt.value == .fresh)
        #expect(contract.header(carrying: .timestamp)?.name == "webhook-timestamp")
        #expect(contract.dedup.value?.header == "webhook-id" && contract.dedup.standing == .stated)
        let ladder: Duration = try #require(contract.retry.delays.value).reduce(.zero, +)
        #expect(ladder == .seconds(272_105))
        #expect(contract.retry.attempts.value == CountRange(lowest: 10, highest: 10))
        #expect(contract.disablement.statuses.value == StatusSet(ranges: [410...410]))
        // What is only recommended is not stated.
        let statements = contract.statements.filter { $0.section == "retry" && $0.text != nil }
        #expect(statements.map(\.standing) == Array(repeating: .inferred, count: 5))
        #expect(contract.responseLimit.isUnstated)
        let asymmetric = try ContractFile.load(path: path, variants: ["ed25519"]).signature
        #expect(asymmetric.algorithm.value == .ed25519 && asymmetric.prefix.value == "v1a,")
        #expect(asymmetric.key.value == .base64Decoded(prefix: "whsk_"))
        #expect(asymmetric.encoding == signature.encoding && asymmetric.content == signature.content)
    }

    @Test func `give endpoints keys that suit their signature`() throws {
        let path = ShippedContracts.path("standard-webhooks")
        let shared = EndpointKeys.draw(for: try ContractFile.load(path: path))
        #expect(shared.secret.hasPrefix("whsec_") && shared.verifier == shared.secret)
        let pair = EndpointKeys.draw(for: try ContractFile.load(path: path, variants: ["ed25519"]))
        #expect(pair.secret.hasPrefix("whsk_") && pair.verifier.hasPrefix("whpk_"))
        #expect(!"\(pair) \([pair])".contains(pair.secret))
    }

    @Test func `say that Jobber has three eras`() throws {
        let path = ShippedContracts.path("jobber")
        let (now, eraA, eraB) = (
            try ContractFile.load(path: path), try ContractFile.load(path: path, variants: ["era-a"]),
            try ContractFile.load(path: path, variants: ["era-b"])
        )
        #expect(now.responseLimit.value == ResponseLimit(total: .seconds(1), measuredFrom: .receipt))
        #expect(now.disablement.automatic.value == .may && now.disablement.notification.isNone)
        #expect([now, eraA, eraB].map(\.body.format.value) == [.json, .form, .json])
        #expect([now, eraA, eraB].map(\.signature.content.value) == [.body, .envelopeJSON, .body])
        for (contract, name) in [(now, "occurredAt"), (eraA, "occuredAt"), (eraB, "occuredAt")] {
            let example = contract.event(named: "CLIENT_CREATE")?.example?["data"]?["webHookEvent"]
            #expect(example?.members?.map(\.name) == ["topic", "appId", "accountId", "itemId", name])
        }
    }
}
