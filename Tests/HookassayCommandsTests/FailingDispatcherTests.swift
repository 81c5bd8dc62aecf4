import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A dispatcher that fails` {
    /// Runs the good scenario against the dispatcher `<name>.yaml` and expects that it ends with 3, this message and
    /// nothing else to attend to.
    private func expect(
        _ message: String,
        from name: String,
        in sitting: Sitting,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let run = try await sitting.hookassay("run", "shop", "--dispatcher", "\(name).yaml")
        #expect(run.status == 3, "\(run.everything)", sourceLocation: sourceLocation)
        let attention = run.output.components(separatedBy: "\n\n")[0]
        #expect(
            attention == "shop/good — An accepted event arrives\n  FAILED dispatcher: \(message)\n  clock: real",
            sourceLocation: sourceLocation
        )
        #expect(run.output.contains("1 scenario failed\n"), sourceLocation: sourceLocation)
        let report = try sitting.report()
        #expect(report.contains(#"<error type="harness.dispatcher""#), "\(report)", sourceLocation: sourceLocation)
    }

    @Test(arguments: ["no-such-program", "./no/such/program"])
    func `because it does not exist`(_ program: String) async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write(
                "dispatcher: D\nstart: { command: [\(program)] }\nready: { line: ready }\nemit: { command: [sh] }\n",
                to: "missing.yaml"
            )
            try await expect(
                """
                the dispatcher was not started: '\(program)' was not found or is no program; \
                correct its `command`; a name without a slash is looked up on the PATH
                """,
                from: "missing",
                in: sitting
            )
        }
    }

    @Test func `because it ends at once`() async throws {
        try await Sitting.with { sitting in
            try sitting.write(dispatcher: "quitter", script: "echo 'cannot open the store'; exit 7")
            try await expect(
                """
                the dispatcher ended before it was ready (exit 7); its last line: cannot open the store; \
                run the command under `start` by hand
                """,
                from: "quitter",
                in: sitting
            )
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `because it is never ready`() async throws {
        try await Sitting.with { sitting in
            try sitting.write(dispatcher: "slow", script: "sleep 300 & sleep 300", ready: "line: ready, within: 1s")
            try await expect(
                """
                the dispatcher was not ready within 1s; waited for the line 'ready'; \
                see its output in the evidence, or raise `within` under `ready`
                """,
                from: "slow",
                in: sitting
            )
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `because it refuses the endpoint`() async throws {
        try await Sitting.with { sitting in
            let description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml")
            try sitting.folder.write(
                description.replacing(#"url: "{url}""#, with: #"url: "gopher://{endpoint}""#),
                to: "refuser.yaml"
            )
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "refuser.yaml")
            #expect(run.status == 3)
            #expect(run.output.contains("FAILED dispatcher: the dispatcher refused the endpoint 'main' (422): "))
            #expect(
                run.output.contains(
                    "; correct `register` in the dispatcher's description, or the endpoint in the scenario"
                )
            )
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `because its port is in use`() async throws {
        let port = try #require(OccupiedPort())
        try await Sitting.with { sitting in
            let description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml")
            try sitting.folder.write(
                description.replacing(
                    "- --proxy={proxy}\n",
                    with: "- --proxy={proxy}\n    - --port=\(port.number)\n"
                ),
                to: "latecomer.yaml"
            )
            try await expect(
                """
                the dispatcher ended before it was ready (exit 3); its last line: Port \(port.number) cannot be used: \
                address already in use; choose another one, or 0 for any.; run the command under `start` by hand
                """,
                from: "latecomer",
                in: sitting
            )
            try await sitting.expectNobodyLeft()
        }
        withExtendedLifetime(port) {}
    }

    @Test func `in the middle leaves the results of the other scenarios`() async throws {
        try await Sitting.with(["good": Shop.good, "long": Shop.long]) { sitting in
            // Each scenario has a dispatcher of its own; that of the long one ends once its event was delivered.
            let program = #"- "{programs}/webhook-dispatcher""#
            let mortal = #"""
                - sh
                    - -c
                    - |
                      "$0" "$@" &
                      case "$*" in *shop-long*)
                        until grep -q 'shop/long.*attempt\.ended' reports/evidence.ndjson; do sleep 0.1; done
                        kill -KILL $!; wait; echo out of memory; exit 9
                      esac
                      wait
                    \#(program)
                """#
            try sitting.folder.write(
                BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml").replacing(
                    program,
                    with: mortal
                ),
                to: "mortal.yaml"
            )
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "mortal.yaml")
            #expect(run.status == 3, "\(run.everything)")
            #expect(run.complaints.contains("HELD shop/good ("), "\(run.complaints)")
            #expect(run.complaints.contains("FAILED shop/long ("), "\(run.complaints)")
            #expect(
                run.output.hasPrefix(
                    """
                    shop/long — Time passes
                      FAILED dispatcher: the dispatcher ended by itself (exit 9); its last line: out of memory; \
                    see its output in the evidence

                    """
                ),
                "\(run.output)"
            )
            let report = try sitting.report()
            #expect(report.contains(#"name="shop/good: An accepted event arrives""#))
            #expect(report.components(separatedBy: #"<error type="harness.dispatcher""#).count == 2)
            #expect(try sitting.evidence().histories.map(\.scenario).sorted() == ["shop/good", "shop/long"])
            try await sitting.expectNobodyLeft()
        }
    }
}
