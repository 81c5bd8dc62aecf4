import DeliveryEvidence
import ScenarioRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Steps` {
    private static func run(_ steps: String, _ look: (SmallRun) throws -> Void) async throws {
        try await SmallRun.with { small in
            let plan = try small.plan("steps", steps)
            let secrets = EndpointSecrets.draw(for: plan)
            try await ScenarioRun(plan: plan, session: small.session, secrets: secrets).run()
            try look(small)
        }
    }

    private static func notes(_ small: SmallRun) -> [String] {
        small.events(of: "steps").compactMap { event in
            switch event {
            case .stepBegan(let began): "\(began.step) \(began.text)"
            case .stepEnded(let ended): "\(ended.step) ended" + (ended.note.map { ": \($0)" } ?? "")
            case .eventEmitted(let emitted): "emitted \(emitted.event)"
            default: nil
            }
        }
    }

    @Test func `are carried out in order and recorded`() async throws {
        try await Self.run("emit: note.made\nburst: { event: note.kept, count: 40 }\nwait: 20ms") { small in
            let notes = Self.notes(small)
            #expect(notes.prefix(4) == ["1 emit note.made", "emitted e1", "1 ended", "2 burst of 40 × note.kept"])
            #expect(Set(notes.dropFirst(4).prefix(40)) == Set((2...41).map { "emitted e\($0)" }))
            #expect(notes.dropFirst(44) == ["2 ended", "3 wait 20ms", "3 ended"])
            #expect(small.failure(of: "steps") == nil)
        }
    }

    @Test func `say how long it was quiet when that is how they end`() async throws {
        try await Self.run("emit: note.made\nquiet: 150ms") { small in
            let observation = small.observation(of: "steps")
            #expect(observation?.complete == true)
            #expect(observation?.quietFor == Stamp(sinceStart: .milliseconds(150)))
        }
        try await Self.run("quiet: 150ms\nwait: 1ms") { small in
            #expect(small.observation(of: "steps")?.complete == true)
            #expect(small.observation(of: "steps")?.quietFor == nil)
        }
    }

    @Test func `that wait for attempts in vain leave it to the judge`() async throws {
        try await Self.run("await: { attempts: 2, within: 50ms }\nwait: 1ms") { small in
            #expect(Self.notes(small).contains("1 ended: saw 0 of 2 attempts within 50ms"))
            #expect(small.observation(of: "steps")?.complete == true)
            #expect(small.failure(of: "steps") == nil)
        }
    }

    @Test func `that wait for a point in vain leave it to the judge too`() async throws {
        try await Self.run("at: { attempt: 1, point: answered, within: 50ms }\nwait: 1ms") { small in
            #expect(Self.notes(small).contains("1 ended: attempt 1 was not answered within 50ms"))
            #expect(small.failure(of: "steps") == nil)
        }
    }

    @Test func `that cannot be carried out end the scenario, with the reason and the way out`() async throws {
        try await Self.run("emit: note.made\ndisable: main\nemit: note.made") { small in
            #expect(
                small.failure(of: "steps")
                    == "dispatcher: dispatcher.yaml does not say how an endpoint is disabled; add `disable:` to it"
            )
            #expect(small.observation(of: "steps")?.complete == false)
            #expect(Self.notes(small).last == "2 disable main")
        }
    }
}
