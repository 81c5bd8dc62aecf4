import CurlTransport
import FoundationEssentials
import Notation
import ReferenceDispatching
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Attempt request` {
    private func request(_ policy: some DispatchPolicy, _ attempt: Attempt) throws -> TransferRequest {
        try policy.request(for: attempt, settings: SendingSettings())
    }

    private func signed(_ secret: SigningKey) -> Endpoint {
        Endpoint(id: "e", url: "https://example.com/hook", secret: secret)
    }

    @Test func `of ContentsPal carries its headers and a signature in lower-case hex`() throws {
        let policy = try ShippedContract.policy("contentspal")
        let body = #"{"event":"job.created","timestamp":"2026-03-03T14:30:00.000Z","organizationId":"abc123"}"#
        let attempt = policy.attempt(body, type: "job.created", endpoint: signed("contentspal-test-secret"))
        let sent = try request(policy, attempt)
        #expect(sent.method == "POST")
        #expect(sent.headers.first(named: "User-Agent") == "ContentsPal-Webhook/1.0")
        #expect(sent.headers.first(named: "X-Webhook-Event") == "job.created")
        #expect(
            sent.headers.values(named: "X-Webhook-Signature")
                == ["sha256=e29196fdf074a31ee9c3dd2464a68865cc21e67fef407693113a020a2cad46d4"]
        )
        #expect(sent.totalLimit == .seconds(30))
        #expect(sent.followsRedirects == 0)
        #expect(sent.verifiesCertificates)
        #expect(!sent.reusesConnections)
    }

    @Test(arguments: [
        "contentspal", "oneclickcontractor", "claimable", "siteservicesnow", "jobber", "standard-webhooks",
        "exemplar",
    ])
    func `has no signature header without a secret`(_ slug: String) throws {
        let policy = try ShippedContract.policy(slug)
        let sent = try request(policy, policy.attempt())
        #expect(!sent.headers.contains { $0.name.lowercased().hasSuffix("signature") || $0.name.contains("Hmac") })
        #expect(sent.headers.first(named: "Content-Type") == "application/json")
        let names = sent.headers.map { $0.name.lowercased() }
        #expect(Set(names).count == names.count)
    }

    @Test func `of Jobber is signed in base64 over the JSON envelope in every era`() throws {
        let era = #""accountId":"MQ==","itemId":"MQ=="}}}"#
        let body =
            #"{"data":{"webHookEvent":{"topic":"CLIENT_CREATE","appId":"3ef22a50-072d-430c-a78f-b7646657560b","#
            + era.dropLast(3) + #","occurredAt":"2021-08-12T16:31:36-06:00"}}}"#
        let policy = try ShippedContract.policy("jobber")
        let attempt = policy.attempt(body, endpoint: signed("jobber-oauth-client-secret"))
        #expect(
            try request(policy, attempt).headers.first(named: "X-Jobber-Hmac-SHA256")
                == "w9zPKZ3eswZUwj/dPwkKWBb5RAVZBGgttvU7gh052aY="
        )
        #expect(policy.responseLimit() == .seconds(1))
    }

    @Test func `of Site Services Now counts attempts and keeps the event's id`() throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        let body = #"{"id":"evt_1","type":"ticket.created"}"#
        for number in 1...3 {
            let attempt = policy.attempt(
                body,
                type: "ticket.created",
                number: number,
                endpoint: signed("ssn-test-secret")
            )
            let headers = try request(policy, attempt).headers
            #expect(headers.first(named: "x-ssn-attempt") == "\(number)")
            #expect(headers.first(named: "x-ssn-event-id") == "evt_1")
            #expect(headers.first(named: "x-ssn-event-type") == "ticket.created")
            #expect(headers.first(named: "x-ssn-delivery-id") == "dlv_1")
            #expect(
                headers.first(named: "x-ssn-signature")
                    == "ac80b918a5f319ddf4ffda2f57acaa323189b4909f560936f480c6fdd03953bd"
            )
            #expect(headers.first(named: "x-ssn-signature-alg") == "hmac-sha256")
        }
    }

    @Test func `names the event in quotes only in the variant that has them`() throws {
        for (variants, value) in [([], "claim.created"), (["quoted-event-name"], "\"claim.created\"")] {
            let path = ShippedContract.folder.appending(path: "claimable/contract.yaml").path
            let policy = ContractPolicy(try ContractFile.load(path: path, variants: variants))
            let headers = try request(policy, policy.attempt(type: "claim.created")).headers
            #expect(headers.values(named: "Event-Name") == [value])
        }
    }

    @Test func `follows Standard Webhooks where the contract is silent about signing`() throws {
        let policy = try ShippedContract.policy("claimable")
        let secret = SigningKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let first = try request(policy, policy.attempt(endpoint: signed(secret))).headers
        #expect(first.first(named: "webhook-id") == "evt_1")
        #expect(first.first(named: "webhook-timestamp") == "1772548200")
        let input = SigningInput(body: Array("{}".utf8), id: "evt_1", timestamp: "1772548200")
        let header = try #require(first.first(named: "webhook-signature"))
        #expect(SignatureScheme.standardWebhooks.verify(header: header, input: input, key: secret).isValid)
        let second = try request(policy, policy.attempt(number: 2, endpoint: signed(secret))).headers
        #expect(second.first(named: "webhook-timestamp") == "1772548260")
        #expect(second.first(named: "webhook-signature") != header)
    }

    @Test(arguments: [
        ([], "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,"),
        (
            ["ed25519"],
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
            "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "v1a,"
        ),
    ])
    func `of Standard Webhooks is signed anew on every attempt, with either kind of key`(
        _ variants: [String],
        _ secret: String,
        _ verifier: String,
        _ prefix: String
    ) throws {
        let path = ShippedContract.folder.appending(path: "standard-webhooks/contract.yaml").path
        let policy = ContractPolicy(try ContractFile.load(path: path, variants: variants))
        let scheme = try #require(policy.contract.signatureScheme)
        var seen: Set<String> = []
        for (number, time) in [(1, "1772548200"), (2, "1772548260")] {
            let sent = try request(policy, policy.attempt(number: number, endpoint: signed(SigningKey(secret))))
            #expect(sent.headers.values(named: "webhook-id") == ["evt_1"])
            #expect(sent.headers.values(named: "webhook-timestamp") == [time])
            let header = try #require(sent.headers.first(named: "webhook-signature"))
            #expect(header.hasPrefix(prefix) && seen.insert(header).inserted)
            let input = SigningInput(body: sent.body, id: "evt_1", timestamp: time)
            #expect(scheme.verify(header: header, input: input, key: SigningKey(verifier)).isValid)
        }
    }

    @Test func `authenticates itself as the endpoint is set up`() throws {
        let policy = try ShippedContract.policy("oneclickcontractor")
        var endpoint = Endpoint(id: "e", url: "https://example.com/hook")
        endpoint.basic = BasicCredentials(user: "jürgen", password: "a:b")
        let headers = try request(policy, policy.attempt(endpoint: endpoint)).headers
        #expect(headers.values(named: "Authorization") == ["Basic asO8cmdlbjphOmI="])
        #expect("\(endpoint)".contains("a:b") == false)
    }

    @Test func `sends the owner's headers last`() throws {
        let policy = try ShippedContract.policy("claimable")
        var endpoint = Endpoint(id: "e", url: "https://example.com/hook")
        endpoint.headers = [HeaderField("X-Tenant", "7")]
        #expect(try request(policy, policy.attempt(endpoint: endpoint)).headers.last == HeaderField("X-Tenant", "7"))
    }

    @Test func `in the form era sends a form and signs the JSON`() throws {
        let contract = try ShippedContract.load("jobber")
        let variant = try #require(
            contract.variants.first { summary in
                let path = contract.path
                return (try? ContractFile.load(path: path, variants: [summary.name]))?.body.format.value == .form
            }
        )
        let policy = ContractPolicy(try ContractFile.load(path: contract.path, variants: [variant.name]))
        let body = try #require(try policy.composed("CLIENT_CREATE"))
        var attempt = policy.attempt(type: "CLIENT_CREATE", endpoint: signed("secret"))
        attempt.event.body = policy.bytes(of: body)
        attempt.event.envelope = Array(body.compact().utf8)
        let sent = try request(policy, attempt)
        #expect(sent.headers.first(named: "Content-Type") == "application/x-www-form-urlencoded")
        #expect(sent.body.starts(with: "data%5BwebHookEvent%5D%5Btopic%5D=CLIENT_CREATE".utf8))
        let input = SigningInput(body: sent.body, envelopeJSON: attempt.event.envelope)
        let header = try #require(sent.headers.first(named: "X-Jobber-Hmac-SHA256"))
        #expect(
            try #require(policy.contract.signatureScheme).verify(header: header, input: input, key: "secret").isValid
        )
    }
}
