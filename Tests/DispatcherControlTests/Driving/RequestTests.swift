import DeliveryEvidence
import DispatcherControl
import Notation
import Testing

@Suite struct `Requests to the dispatcher` {
    @Test(.timeLimit(.minutes(20)))
    func `register, switch and emit as described`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            let facts = EndpointFacts.named("main", url: "https://h/1", events: ["a.b"], secret: "whsec")
            #expect(try await dispatcher.register(facts).accepted)
            #expect(dispatcher.canMake(.enabled) && dispatcher.canMake(.disabled) && !dispatcher.canMake(.deleted))
            try await dispatcher.change("main", .enabled)
            try await dispatcher.change("main", .disabled)
            try await dispatcher.emit(.of("a.b", payload: .object([JSONMember(name: "n", value: .number("1.50"))])))
        }
        #expect(
            evidence.lines.dropFirst() == [
                #"POST /endpoints {"url":"https://h/1","events":["a.b"],"secret":"whsec"} for main"#,
                "POST /endpoints/ep-7/enable  None",
                #"PUT /endpoints/ep-7/disable {"active":false} application/json"#,
                #"POST /events/a.b {"n":1.50} application/cloudevents+json"#,
            ]
        )
        let registered = try #require(evidence.registered.first)
        #expect(registered.accepted && registered.status == 201 && registered.hasSecret && !registered.hasCredentials)
        #expect(registered.events == ["a.b"] && registered.detail == #"{"data": {"id": "ep-7"}}"#)
        #expect(evidence.changed.map(\.change) == [.enabled, .disabled])
        #expect(evidence.changed.map(\.accepted) == [true, true])
        let emitted = try #require(evidence.emitted.first)
        #expect(emitted.accepted && emitted.status == 200 && emitted.dispatcherID == "41")
        #expect(emitted.payload.text == #"{"n":1.50}"# && emitted.type == "a.b")
    }

    @Test(.timeLimit(.minutes(20)))
    func `that are refused are observations`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            let answer = try await dispatcher.register(.named("main", url: "http://refused/"))
            #expect(!answer.accepted)
            try await dispatcher.emit(.of("refused"))
        }
        #expect(evidence.registered.map(\.accepted) == [false])
        #expect(evidence.registered.first?.status == 422)
        #expect(evidence.registered.first?.detail == #"{"error": "not that one"}"#)
        #expect(evidence.emitted.map(\.accepted) == [false])
        #expect(evidence.emitted.first?.status == 422)
    }

    @Test(.timeLimit(.minutes(20)))
    func `that hand over an event may stay without answer, which is an observation`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            try await dispatcher.emit(.of("dropped"))
        }
        let emitted = try #require(evidence.emitted.first)
        #expect(!emitted.accepted && emitted.status == nil && emitted.dispatcherID == nil)
        #expect(emitted.detail.contains("/events/dropped: "))
    }

    @Test(.timeLimit(.minutes(20)))
    func `about an endpoint are errors without an answer`() async throws {
        let text = """
            dispatcher: nobody
            register: { post: "http://127.0.0.1:{port}/endpoints" }
            enable: { post: "http://127.0.0.1:{port}/enable" }
            emit: { post: "http://127.0.0.1:{port}/events" }
            """
        let evidence = RecordedEvidence()
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text, into: evidence) { dispatcher, _ in _ = try await dispatcher.register(.named("main")) }
        }
        #expect(error.problem.hasPrefix("no answer to POST http://127.0.0.1:"))
        #expect(evidence.registered.isEmpty)
    }

    @Test(.timeLimit(.minutes(20)))
    func `that are not described, or about nothing known, are errors`() async throws {
        let text = "dispatcher: bare\nemit: { post: \"http://127.0.0.1:{port}/\" }\nenable: { post: \"http://h/\" }\n"
        try await drive(text) { dispatcher, _ in
            let missing = try await #require(throws: DispatcherError.self) {
                try await dispatcher.change("main", .disabled)
            }
            #expect(
                missing.description
                    == "here/dispatcher.yaml does not say how an endpoint is disabled; add `disable:` to it"
            )
            let unknown = try await #require(throws: DispatcherError.self) {
                try await dispatcher.change("main", .enabled)
            }
            #expect(unknown.problem == "the endpoint 'main' is not registered")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `that cannot be sent as they stand are errors`() async throws {
        let text = "dispatcher: bad\nemit: { post: \"ftp://h/{event_type}\" }\n"
        try await drive(text) { dispatcher, _ in
            let error = try await #require(throws: DispatcherError.self) { try await dispatcher.emit(.of("a")) }
            #expect(error.problem.hasPrefix("cannot send POST ftp://h/a: "))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `go to the new address after a restart`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            try await dispatcher.register(.named("main"))
            await dispatcher.kill()
            try await dispatcher.start()
            try await dispatcher.emit(.of("a.b"))
            try await dispatcher.change("main", .enabled)
        }
        #expect(evidence.emitted.map(\.accepted) == [true])
        #expect(evidence.lines.last == "POST /endpoints/ep-7/enable  None")
        #expect(Set(evidence.lines.filter { $0.hasPrefix("listening") }).count == 2)
    }
}
