import DeliveryEvidence
import DispatcherControl
import Glibc
import Testing

@Suite struct `Ending of processes` {
    /// A service that ends on SIGTERM.
    private static let polite = "trap 'echo bye; exit 0' TERM\necho ready\nwhile :; do sleep 0.05; done"

    @Test(.timeLimit(.minutes(20)))
    func `is asked for before the scope is left`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellService(Self.polite), into: evidence) { dispatcher, _ in try await dispatcher.start() }
        #expect(evidence.signals == ["TERM"])
        #expect(evidence.exited.map(\.status) == ["exit 0"])
        #expect(evidence.exited.map(\.expected) == [true])
        #expect(evidence.lines.last == "bye")
        try await expectGone(try #require(evidence.started.first?.processID))
    }

    @Test(.timeLimit(.minutes(20)))
    func `is forced when it is refused`() async throws {
        let evidence = RecordedEvidence()
        let stubborn = shellService(
            "trap '' TERM\necho ready\nwhile :; do sleep 0.05; done",
            stop: "{ within: 200ms }"
        )
        try await drive(stubborn, into: evidence) { dispatcher, _ in try await dispatcher.start() }
        #expect(evidence.signals == ["TERM", "KILL"])
        #expect(evidence.exited.map(\.status) == ["signal 9"])
        #expect(evidence.exited.map(\.expected) == [true])
    }

    @Test(.timeLimit(.minutes(20)))
    func `asks with the signal of the description`() async throws {
        let evidence = RecordedEvidence()
        let text = shellService(
            "trap 'echo stopping; exit 5' INT\necho ready\nwhile :; do sleep 0.05; done",
            stop: "{ signal: INT, within: 300s }"
        )
        try await drive(text, into: evidence) { dispatcher, _ in try await dispatcher.start() }
        #expect(evidence.signals == ["INT"])
        #expect(evidence.exited.map(\.status) == ["exit 5"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `reaches the children`() async throws {
        let evidence = RecordedEvidence()
        let text = shellService("sleep 3600 &\necho child $!\necho ready\nwait")
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            await dispatcher.kill()
            #expect(evidence.exited.map(\.status) == ["signal 9"])
        }
        try await expectGone(try #require(evidence.child))
    }

    @Test(.timeLimit(.minutes(20)), arguments: [">/dev/null 2>&1 ", ""])
    func `reaches children that outlive their parent`(_ redirection: String) async throws {
        let evidence = RecordedEvidence()
        let text = shellProgram("sleep 3600 \(redirection)&\necho child $!")
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.exited.map(\.status) == ["exit 0"])
        try await expectGone(try #require(evidence.child))
    }

    @Test(.timeLimit(.minutes(20)))
    func `comes with an error of whoever drives it`() async throws {
        struct Mishap: Error {}
        let evidence = RecordedEvidence()
        await #expect(throws: Mishap.self) {
            try await drive(shellService("sleep 3600 &\necho child $!\necho ready\nwait"), into: evidence) {
                dispatcher,
                _ in
                try await dispatcher.start()
                throw Mishap()
            }
        }
        #expect(evidence.signals == ["KILL"])
        try await expectGone(try #require(evidence.child))
    }

    @Test(.timeLimit(.minutes(20)))
    func `comes with cancellation`() async throws {
        let evidence = RecordedEvidence()
        let text = shellService("trap '' TERM\nsleep 3600 &\necho child $!\necho ready\nwait")
        let driving = Task {
            try await drive(text, into: evidence) { dispatcher, _ in
                try await dispatcher.start()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        try await evidence.reach { !$0.ready.isEmpty }
        driving.cancel()
        await #expect(throws: CancellationError.self) { try await driving.value }
        #expect(evidence.exited.count == 1)
        try await expectGone(try #require(evidence.started.first?.processID))
        try await expectGone(try #require(evidence.child))
    }

    @Test(.timeLimit(.minutes(20)))
    func `is told when nobody asked for it`() async throws {
        let evidence = RecordedEvidence()
        let text = shellService(
            "trap 'echo out of memory; exit 7' USR1\necho ready\nwhile :; do sleep 0.05; done"
        )
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            // Not before the start is over: an end that comes sooner is told by the start itself.
            kill(Int32(try #require(evidence.started.first?.processID)), SIGUSR1)
            let error = try await dispatcher.waitForUnexpectedEnd()
            #expect(
                error.description == "the dispatcher ended by itself (exit 7); its last line: out of memory; "
                    + "see its output in the evidence"
            )
        }
        #expect(evidence.exited.map(\.expected) == [false])
    }

    @Test(.timeLimit(.minutes(20)))
    func `is followed by another life`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellService(Self.polite), into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            await dispatcher.kill()
            try await dispatcher.start()
            await dispatcher.stop(within: patience)
        }
        #expect(evidence.started.map(\.life) == [1, 2])
        #expect(evidence.ready.map(\.life) == [1, 2])
        #expect(evidence.exited.map(\.status) == ["signal 9", "exit 0"])
        #expect(evidence.exited.map(\.expected) == [true, true])
    }
}
