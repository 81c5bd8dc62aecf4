import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Contract file` {
    @Test func `is read without complaint when it is right`() throws {
        #expect(try SmallContract.problems() == [])
    }

    @Test func `tells all its errors in one go, each with its place and the way out`() throws {
        let messages = try SmallContract.messages([
            ("scheme: { says: https only", "scheme: { says: htps only"),
            ("source: manual § URLs", "source: manuel § URLs"),
            ("redirects:", "redirect:"),
            ("toggle: { says: true, source: manual }", "toggle: { says: true }"),
            ("latency: { says: 1m", "latency: { says: 60"),
            ("ordering: { says: unordered, source: manual }\n", ""),
            ("why: nothing else is said, ", ""),
            ("automatic: { says: may, source: manual }", "automatic: may"),
        ])
        #expect(messages == Self.brokenMessages)
    }

    private static let brokenMessages = """
        contract.yaml:1:1: error: the contract does not say anything about `ordering`
         1 | provider: Small
           | ^
           = help: add `ordering:`; when the documents are silent, write `ordering: unstated`
        contract.yaml:6:1: error: the section `transport` does not say anything about `redirects`
         6 | transport:
           | ^
           = help: add `redirects:`; when the documents are silent, write `redirects: unstated`
        contract.yaml:7:19: error: `says` cannot be 'htps only'
         7 |   scheme: { says: htps only, source: manuel § URLs }
           |                   ^
           = help: did you mean `https only`?
        contract.yaml:7:38: error: the source 'manuel § URLs' begins with no document of `documents`
         7 |   scheme: { says: htps only, source: manuel § URLs }
           |                                      ^
           = help: did you mean `manual`?
        contract.yaml:9:3: error: `redirect` is not a key of the section `transport`
         9 |   redirect: { says: refused, source: manual }
           |   ^
           = help: did you mean `redirects`?
        contract.yaml:17:11: error: the clause `endpoint.toggle` needs the key `source`
         17 |   toggle: { says: true }
            |           ^
            = help: add `source:`
        contract.yaml:88:18: error: `says`: the duration '60' has no unit
         88 | latency: { says: 60, source: manual }
            |                  ^
            = help: write `60s` or `60m`, for example
        contract.yaml:97:17: error: the clause `retry.same_payload` needs the key `why`
         97 |   same_payload: { inferred: true, source: manual }
            |                 ^
            = help: add `why:`
        contract.yaml:103:14: error: `disablement.automatic` is not a clause, but text
         103 |   automatic: may
             |              ^
             = help: write `{ says: …, source: … }`, or the bare word `unstated`
        """

    @Test(arguments: [
        ("latency: { says: 1m, source: manual }", "latency: {}", "the clause `latency` says nothing"),
        (
            "latency: { says: 1m, source: manual }", "latency: { says: 1m, none: true, source: manual }",
            "the clause `latency` has both `says` and `none`"
        ),
        (
            "notification: { none: true,", "notification: { none: false,",
            "`disablement.notification`: `none` can only be `true`"
        ),
        (
            "latency: { says: 1m, source: manual }", "latency: { says: 1m, why: so, source: manual }",
            "`why` is not a key"
        ),
        ("delays: { says: [5m, 10m]", "delays: { says: []", "`says` lists nothing"),
        ("delays: { says: [5m, 10m]", "delays: { says: [5m, 10]", "the duration '10' has no unit"),
        ("5s from start", "5s", "does not say what the limit is measured from"),
        ("[200, 202-204]", "[200, 20x]", "'20x' is not an HTTP status"),
        ("content: { says: body", "content: { says: boddy", "'boddy' is not a signed content"),
        ("method: { says: POST", "method: { says: post", "'post' is not an HTTP method"),
        ("says: attempt number", "says: attempt numbr", "'attempt numbr' is not something a header carries"),
        ("name: X-Id", "name: 'X Id'", "'X Id' cannot be a header's name"),
        ("example: events/note.created.json", "example: ../note.json", "is not a path below the contract's folder"),
        ("example: events/note.created.json", "example: events/none.json", "there is no such file"),
        ("slug: small", "slug: Small-1", "the slug 'Small-1' is more than words"),
        ("slug: small", "slug: small-", "the slug 'small-' is more than words"),
        ("slug: small", "slug: very-small-2", "is not the name of the contract's folder"),
        ("slug: small", "slug: tiny", "the slug 'tiny' is not the name of the contract's folder"),
        ("      form: utc\n", "", "does not say how the time is written"),
        ("- role: source\n", "- role: source\n      form: utc\n", "`form` is for times, and `source` is none"),
        ("at: { says: /at, source: manual }", "at: unstated", "a field without a place says nothing"),
        ("at: { says: /at,", "at: { says: at,", "'at' is not a JSON pointer"),
        ("field: /changes, only_for: [note.edited]", "field: /changes", "the conditional field has no condition"),
        ("header: X-Id, fields: [/id]", "", "the dedup key names neither a header nor body fields"),
        (
            "      transport:\n        method", "      slug: x\n      transport:\n        method",
            "a variant cannot change `slug`"
        ),
    ])
    func `tells the error in`(_ passage: String, _ replacement: String, _ message: String) throws {
        let problems = try SmallContract.problems(replacing: passage, with: replacement)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test func `tells where an example is not JSON`() throws {
        let problems = try SmallContract.problems(changing: "\"type\": ", to: "\"type\" ")
        #expect(problems == ["1:24: error: the example is not JSON: `:` should be here"])
    }

    @Test func `is named by the SHA-256 of its bytes`() throws {
        // The digest of FIPS 180-4's example "abc".
        #expect(
            Fingerprint.sha256Hex(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        try SmallContract.read { contract in
            #expect(contract.fingerprint == Fingerprint.sha256Hex(Array(SmallContract.original.utf8)))
        }
    }

    @Test func `tells apart what is stated, none, inferred and unstated`() throws {
        try SmallContract.read([("latency: { says: 1m, source: manual }", "latency: unstated")]) { contract in
            #expect(contract.transport.method.standing == .stated)
            #expect(contract.transport.method.value == "POST")
            #expect(contract.transport.scheme.source == "manual § URLs")
            #expect(contract.disablement.notification.isNone)
            #expect(contract.disablement.notification.value == nil)
            #expect(contract.retry.samePayload.standing == .inferred(why: "nothing else is said"))
            #expect(contract.latency.isUnstated)
            #expect(contract.retry.delays.position == SourcePosition(line: 93, column: 3))
        }
    }

    @Test func `that is missing is told without a place`() throws {
        let error = try #require(throws: DiagnosticList.self) { try ContractFile.load(path: "/nowhere/contract.yaml") }
        #expect(error.rendered(sources: []).hasPrefix("/nowhere/contract.yaml: error: there is no such file"))
    }

    @Test func `cannot lose a line without a complaint`() throws {
        let lines = SmallContract.original.split(separator: "\n", omittingEmptySubsequences: false)
        let end = try #require(lines.firstIndex(of: "variants:"))
        for index in lines.indices.prefix(end) where !lines[index].isEmpty {
            var shorter = lines
            shorter.remove(at: index)
            let change = (SmallContract.original, shorter.joined(separator: "\n"))
            #expect(try SmallContract.messages([change]) != "", "without line \(index + 1): \(lines[index])")
        }
    }

    @Test(arguments: [
        "[]", "{}", "\"\"", "unstated", "[[1]]", "{ says: {}, source: manual }", "{ says: [{}], source: manual }", "7",
    ])
    func `survives any value in any place`(_ value: String) throws {
        let lines = SmallContract.original.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            var changed = lines
            changed[index] = "\(line[...colon]) \(value)"
            let text = changed.joined(separator: "\n")
            _ = try SmallContract.messages([(SmallContract.original, text)], variants: ["moved"])
        }
    }
}
