import CurlTransport
import Notation
import ReferenceDispatching
import Testing
import WebhookSigning

@Suite struct `Request bodies` {
    private func refusal(_ body: String) -> RequestRefusal? {
        #expect(throws: RequestRefusal.self) { try Endpoint(body: Array(body.utf8)) }
    }

    @Test func `give an endpoint with everything it can have`() throws {
        let body = #"""
            {"id":"e","url":"https://a.example/","events":["x"],"secret":"s","source":"ui",
            "basic":{"user":"u","password":"p"},"headers":{"X-A":"1"}}
            """#
        let endpoint = try Endpoint(body: Array(body.utf8))
        #expect(endpoint.events == ["x"])
        #expect(endpoint.secret?.revealed == "s")
        #expect(endpoint.basic == BasicCredentials(user: "u", password: "p"))
        #expect(endpoint.headers.map(\.name) == ["X-A"])
        let shown = endpoint.shown.compact()
        #expect(shown.contains(#""has_secret":true"#))
        #expect(!shown.contains(#""s""#))
        #expect(!shown.contains(#""p""#))
    }

    @Test func `take null for absent`() throws {
        let body = #"{"id":"e","url":"u","events":null,"secret":null,"basic":{"user":null,"password":null}}"#
        let endpoint = try Endpoint(body: Array(body.utf8))
        #expect(endpoint.events == nil)
        #expect(endpoint.secret == nil)
        #expect(endpoint.basic == nil)
    }

    @Test func `are refused with the reason`() {
        #expect(refusal("nonsense")?.status == 400)
        #expect(refusal("[]")?.status == 400)
        #expect(refusal(#"{"id":"e"}"#)?.message.contains("`url` is missing") == true)
        #expect(refusal(#"{"id":1,"url":"u"}"#)?.message.contains("`id` must be a text, not a number") == true)
        #expect(refusal(#"{"id":"e","url":"u","event":[]}"#)?.message.contains("`event` is not known") == true)
        #expect(refusal(#"{"id":"e","url":"u","basic":{"user":"a"}}"#)?.message.contains("basic.password") == true)
    }

    @Test func `of events need a type and an object`() {
        for body in [#"{"payload":{}}"#, #"{"type":"t"}"#, #"{"type":"t","payload":[]}"#] {
            #expect(throws: RequestRefusal.self) { try EventSubmission(body: Array(body.utf8)) }
        }
    }
}
