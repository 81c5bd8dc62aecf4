import DeliveryScenarios
import Notation
import Testing

@Suite struct `Scenario file` {
    @Test func `needs no more than a title, a receiver and a step`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: A delivery arrives
            receiver:
              - respond: 200
            steps:
              - emit: job.created
              - quiet
            """
        )
        #expect(scenario.id == "test/late")
        #expect(scenario.title == "A delivery arrives")
        #expect(scenario.contractPath == "test/contract.yaml")
        #expect(scenario.clock == .real)
        #expect(scenario.fingerprint.count == 64)
        let endpoint = try #require(scenario.endpoint(named: "main"))
        #expect(endpoint.script.replies == [.respond(Response(status: 200))])
        #expect(endpoint.script.keys.isEmpty)
        #expect(endpoint.identity == .trusted)
        #expect(endpoint.target == "/hooks")
        #expect(endpoint.hasSecret && !endpoint.hasCredentials && endpoint.enabled)
        #expect(endpoint.events == nil && endpoint.source == nil)
        #expect(scenario.steps.map(\.action.summary) == ["emit job.created", "quiet"])
        #expect(scenario.steps[1].position == SourcePosition(line: 6, column: 5))
        #expect(scenario.expectations == Expectations())
    }

    @Test func `scripts every kind of answer`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Answers
            receiver:
              - respond: { status: 200, after: 900ms, headers: { Retry-After: 120, Set-Cookie: [a, b] }, body: ok }
              - respond: { status: 200, body: "0123", hold_body: 1s, drip: { body: 10 bytes, every: 1s } }
              - respond: { status: 200, drip: { head: 1 byte, every: 100ms } }
              - fault: reset
              - fault: hang inside body
              - fault: close after head
            steps: [quiet]
            """
        )
        let headers = [
            ReplyHeader(name: "Retry-After", value: "120"), ReplyHeader(name: "Set-Cookie", value: "a"),
            ReplyHeader(name: "Set-Cookie", value: "b"),
        ]
        let expected: [Reply] = [
            .respond(Response(status: 200, headers: headers, body: "ok", after: .milliseconds(900))),
            .respond(
                Response(
                    status: 200,
                    body: "0123",
                    holdBody: .seconds(1),
                    drip: Drip(part: .body, bytes: 10, every: .seconds(1))
                )
            ),
            .respond(Response(status: 200, drip: Drip(part: .head, bytes: 1, every: .milliseconds(100)))),
            .fault(Fault(kind: .reset)),
            .fault(Fault(kind: .hang, at: .insideBody)),
            .fault(Fault(kind: .close, at: .head)),
        ]
        #expect(scenario.endpoints.first?.script.replies == expected)
    }

    @Test func `sets up one endpoint in the short form and several in the long one`() throws {
        let short = try TestContract.scenario(
            """
            scenario: Short
            receiver: [{ respond: 200 }]
            endpoint:
              secret: false
              auth: basic
              events: [job.created]
              tls: wrong-host
              target: "/hooks?a=b"
              source: ui
              enabled: false
            steps: [quiet]
            """
        )
        let main = try #require(short.endpoints.first)
        #expect(main.name == "main" && !main.hasSecret && main.hasCredentials && !main.enabled)
        #expect(main.events == ["job.created"] && main.source == "ui" && main.target == "/hooks?a=b")
        #expect(main.identity == .wrongHost)
        #expect(main.eventsPosition == SourcePosition(line: 6, column: 11))

        let long = try TestContract.scenario(
            """
            scenario: Long
            endpoints:
              a: { receiver: [{ respond: 200 }], scheme: http }
              b: { receiver: [{ respond: 500 }], events: all }
            steps:
              - disable: a
              - enable: b
              - delete: a
            expect:
              endpoints: { b: { attempts: at most 2 } }
            """
        )
        #expect(long.endpoints.map(\.name) == ["a", "b"])
        #expect(long.endpoints.map(\.identity) == [.plain, .trusted])
        #expect(long.endpoints[1].events == nil)
        let expected: [StepAction] = [.disable(endpoint: "a"), .enable(endpoint: "b"), .delete(endpoint: "a")]
        #expect(long.steps.map(\.action) == expected)
        #expect(long.expectations.attemptsByEndpoint["b"]?.value == CountRange(lowest: 0, highest: 2))
    }

    @Test func `has a step for everything that can happen`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Steps
            receiver: [{ respond: 200 }]
            steps:
              - emit:
                  event: job.created
                  with: { /job/name: "A b", /job/count: 2, /job/empty: null }
                  without: [/job/status]
                  source: api
                  closed_gates: [scope]
                  again: 1
              - burst: { event: job.created, count: 50 }
              - await: { attempts: 2, endpoint: main, within: 20s }
              - await: { attempts: 3, within: 1m }
              - wait: 2s
              - quiet: 5s
              - kill
              - restart:
              - stop
              - stop: 3s
            """
        )
        guard case .emit(let emission) = scenario.steps[0].action else {
            Issue.record("the first step is no emission")
            return
        }
        #expect(
            emission.overrides == [
                FieldOverride(pointer: try JSONPointer("/job/name"), value: .string("A b")),
                FieldOverride(pointer: try JSONPointer("/job/count"), value: .number("2")),
                FieldOverride(pointer: try JSONPointer("/job/empty"), value: .null),
                FieldOverride(pointer: try JSONPointer("/job/status"), value: nil),
            ]
        )
        #expect(emission.source == "api" && emission.closedGates == ["scope"] && emission.again == 1)
        #expect(emission.position == SourcePosition(line: 5, column: 14))
        #expect(
            scenario.steps.dropFirst().map(\.action.summary) == [
                "burst of 50 × job.created", "await 2 attempts at main within 20s", "await 3 attempts within 1m",
                "wait 2s", "quiet 5s", "kill", "restart", "stop within 10s", "stop within 3s",
            ]
        )
    }

    @Test func `says what is expected, and where`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Expectations
            why: To see.
            contract: other/contract.yaml
            variant: [era-a, basic]
            clock: warped
            tags: [retry, slow]
            receiver: [{ respond: 500 }]
            steps: [{ emit: job.created }, quiet]
            expect:
              attempts: exactly 3
              gaps: [5m ± 2%, 10m -1s/+30s]
              registration: refused
              emission: accepted
            """
        )
        #expect(scenario.why == "To see.")
        #expect(scenario.contractPath == "test/other/contract.yaml")
        #expect(scenario.variants == ["era-a", "basic"])
        #expect(scenario.clock == .warped)
        #expect(scenario.tags == ["retry", "slow"])
        let expectations = scenario.expectations
        #expect(expectations.attempts?.value == CountRange(lowest: 3, highest: 3))
        #expect(expectations.attempts?.position == SourcePosition(line: 10, column: 13))
        #expect(expectations.gaps.map(\.value.earliest) == [.seconds(294), .seconds(599)])
        #expect(expectations.gaps.map(\.value.latest) == [.seconds(306), .seconds(630)])
        #expect(expectations.registration?.value == .refused)
        #expect(expectations.emission?.value == .accepted)
    }

    @Test func `that is missing is told as such`() {
        let error = #expect(throws: DiagnosticList.self) { try ScenarioFile.load(path: "nowhere/late.yaml") }
        #expect(error?.rendered(sources: []).hasPrefix("nowhere/late.yaml: error: there is no such file") == true)
    }
}
