import CurlTransport
import ReferenceDispatching
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Registration` {
    private func message(_ slug: String, _ endpoint: Endpoint, besides others: Int = 0) throws -> String? {
        try ShippedContract.policy(slug).refusal(of: endpoint, besides: others, guardedBy: AddressRules())?.message
    }

    private func endpoint(_ url: String = "https://example.com/hook", events: [String]? = nil) -> Endpoint {
        Endpoint(id: "e", url: url, events: events)
    }

    @Test(arguments: ["contentspal", "siteservicesnow"])
    func `accepts an https URL`(_ slug: String) throws {
        #expect(try message(slug, endpoint()) == nil)
    }

    @Test(arguments: ["contentspal", "oneclickcontractor"])
    func `refuses a plain URL where https is demanded`(_ slug: String) throws {
        let message = try #require(try message(slug, endpoint("http://example.com/", events: nil)))
        #expect(message.contains("http:// URLs are not accepted"))
    }

    @Test func `accepts a plain URL where nothing is said`() throws {
        #expect(try message("siteservicesnow", endpoint("http://example.com/")) == nil)
    }

    @Test(
        arguments: [
            "https://user:hunter2@example.com/", "ftp://example.com/", "example.com", "https://", "https://127.0.0.1/",
            "https://[::1]/", "https://169.254.169.254/latest/meta-data", "https://2130706433/",
            "https://0177.0.0.1/", "https://0x7f.1/", "https://[::ffff:169.254.169.254]/", "https://[::127.0.0.1]/",
            "https://[64:ff9b::10.0.0.1]/", "https://LOCALHOST/", "https://%31%32%37.0.0.1/",
            "https://example.com\\@127.0.0.1/", "https://example.com/\r\nX-Injected: yes", "https://exa mple.com/",
            "https://\u{FF11}27.0.0.1/", "https://127.1/", "https://0/", "https://127.0.0.1./",
        ]
    )
    func `refuses the URL`(_ url: String) throws {
        let message = try #require(try message("siteservicesnow", endpoint(url)))
        #expect(!message.contains("hunter2"))
    }

    @Test func `refuses unknown, empty and missing event choices`() throws {
        #expect(try message("claimable", endpoint(events: ["claim.created"])) == nil)
        #expect(try #require(try message("claimable", endpoint(events: ["claim.eaten"]))).contains("claim.eaten"))
        #expect(try #require(try message("claimable", endpoint(events: []))).contains("empty"))
        #expect(try #require(try message("claimable", endpoint())).contains("missing"))
        #expect(try message("contentspal", endpoint(events: ["job.created"])) != nil)
    }

    @Test func `refuses a second endpoint where there is one`() throws {
        #expect(try #require(try message("contentspal", endpoint(), besides: 1)).contains("one endpoint"))
        #expect(try message("siteservicesnow", endpoint(), besides: 5) == nil)
    }

    @Test(
        arguments: [
            HeaderField("X-SSN-Event-ID", "1"), HeaderField("authorization", "Bearer x"), HeaderField("Host", "a"),
            HeaderField("Content-Length", "1"), HeaderField("X-A", "a\r\nX-B: b"), HeaderField("X A", "a"),
        ]
    )
    func `refuses the header`(_ field: HeaderField) throws {
        var endpoint = endpoint()
        endpoint.headers = [field]
        let message = try #require(try message("siteservicesnow", endpoint))
        #expect(!message.contains("X-B"))
    }

    @Test func `refuses a source filter that the provider does not have`() throws {
        var endpoint = endpoint(events: ["claim.created"])
        endpoint.source = "ui"
        #expect(try message("claimable", endpoint) != nil)
        let renamed = try ShippedContract.policy("claimable", "renamed-events")
        #expect(renamed.refusal(of: endpoint, besides: 0, guardedBy: AddressRules()) == nil)
        endpoint.source = "cron"
        #expect(renamed.refusal(of: endpoint, besides: 0, guardedBy: AddressRules()) != nil)
    }

    @Test func `refuses a user with a colon`() throws {
        var endpoint = endpoint(events: ["job.created"])
        endpoint.basic = BasicCredentials(user: "a:b", password: "c")
        #expect(try #require(try message("oneclickcontractor", endpoint)).contains("colon"))
    }

    @Test func `refuses a secret that cannot sign, without quoting it`() throws {
        var endpoint = endpoint(events: ["claim.created"])
        endpoint.secret = SigningKey("whsec_not base64!")
        let message = try #require(try message("claimable", endpoint))
        #expect(!message.contains("not base64!"))
    }
}
