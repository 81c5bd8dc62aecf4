import CurlTransport
import Testing

@Suite struct `Request rules` {
    @Test(arguments: [
        "http://user:word@127.0.0.1/", "http://user@127.0.0.1/", "ftp://127.0.0.1/", "file:///etc/hosts", "127.0.0.1/x",
        "", "http://", "http://a b/", "http://127.0.0.1/a\0b", "http://127.0.0.1/a\r\nX: 1", "http://127.0.0.1:99999/",
    ])
    func `refuse the URL`(_ url: String) {
        refuses(TransferRequest(method: "GET", url: url))
    }

    @Test(arguments: ["http://127.0.0.1", "HTTPS://example.com/a?b#c", "http://[::1]:8080/../x"])
    func `take the URL`(_ url: String) throws {
        try TransferRequest(method: "GET", url: url).validate()
    }

    @Test(arguments: ["a\rb", "a\nb", "a\r\nX-Injected: 1", "a\0b"])
    func `refuse a header value with a line break or NUL, without repeating it`(_ value: String) throws {
        let error = try #require(throws: TransferError.self) {
            try request([HeaderField("X-Secret", "hush" + value)]).validate()
        }
        #expect(error.kind == .badRequest)
        #expect(error.message.contains("X-Secret"))
        #expect(!error.message.contains("hush"))
    }

    @Test(arguments: ["", "a b", "a:", "a;", "\u{e9}", "a\r"])
    func `refuse the header name`(_ name: String) {
        refuses(request([HeaderField(name, "1")]))
    }

    @Test(arguments: ["", "GE T", "GET\r\n", "CONNECT"])
    func `refuse the method`(_ method: String) {
        refuses(TransferRequest(method: method, url: "http://127.0.0.1/"))
    }

    @Test func `refuse headers that contradict the framing`() throws {
        refuses(request([HeaderField("transfer-encoding", "chunked")]))
        refuses(request([HeaderField("Content-Length", "3")]))
        refuses(request([HeaderField("Content-Length", "2"), HeaderField("content-length", "2")]))
        refuses(request([HeaderField("Host", "a"), HeaderField("host", "b")]))
        try request([HeaderField("content-length", "2"), HeaderField("Host", "a")]).validate()
    }

    @Test func `refuse what cannot be bounded`() {
        refuses(request([]).with { $0.followsRedirects = -1 })
        refuses(request([]).with { $0.responseBodyCap = -1 })
        refuses(request([]).with { $0.responseBodyLimit = -1 })
        refuses(request([]).with { $0.trustStore = "a\0b" })
        refuses(request([]).with { $0.method = "HEAD" })
    }

    @Test func `are applied before anything is sent`() async throws {
        try await withServer({ _ in [.ok] }) { server, transport in
            var request = TransferRequest.post(server.url())
            request.headers = [HeaderField("X", "a\r\nb")]
            let error = try await failure(of: request, on: transport)
            #expect(error.kind == .badRequest)
            #expect(error.curlCode == nil)
            #expect(server.connectionCount == 0)
        }
    }

    private func request(_ headers: [HeaderField]) -> TransferRequest {
        TransferRequest(method: "POST", url: "http://127.0.0.1/", headers: headers, body: Array("{}".utf8))
    }

    private func refuses(_ request: TransferRequest, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: TransferError.self, sourceLocation: sourceLocation) { try request.validate() }
        #expect(error?.kind == .badRequest, sourceLocation: sourceLocation)
    }
}
