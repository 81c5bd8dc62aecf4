import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A receiver file` {
    private static func file(_ status: Int) -> String { "receiver:\n  - respond: \(status)\n" }

    /// Sends until the answer is `status`, for the file is only looked at now and then.
    private static func wait(for status: Int, at receiver: ReceiverAtDesk) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await receiver.send() != status {
            guard ContinuousClock.now < deadline else { throw ReceiverAtDesk.NeverCame(what: "\(status)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func `is played from the next request on when it changes, and not when it is wrong`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(Self.file(500), to: "failing.yaml")
            let run = try await ReceiverAtDesk.run(["failing.yaml"], in: folder) { receiver throws in
                #expect(try await receiver.send() == 500)
                try folder.write(Self.file(201), to: "failing.yaml")
                try await Self.wait(for: 201, at: receiver)
                // As editors do it: another file takes the name.
                try folder.write(Self.file(202), to: "other.yaml")
                #expect(
                    rename(folder.appending(path: "other.yaml").path, folder.appending(path: "failing.yaml").path) == 0
                )
                try await Self.wait(for: 202, at: receiver)
                try folder.write("receiver:\n  - respond: 2000\n", to: "failing.yaml")
                try await Task.sleep(for: .seconds(2))
                #expect(try await receiver.send() == 202)
                try FileManager.default.removeItem(at: folder.appending(path: "failing.yaml"))
                try await Task.sleep(for: .seconds(1))
                #expect(try await receiver.send() == 202)
                try folder.write(Self.file(203), to: "failing.yaml")
                try await Self.wait(for: 203, at: receiver)
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.complaints.hasPrefix("failing.yaml:2:14: error: "), "\(run.complaints)")
            #expect(run.complaints.contains("\n 2 |   - respond: 2000\n"))
            #expect(run.complaints.ranges(of: "error: ").count == 1, "\(run.complaints)")
            #expect(run.output.contains("script        failing.yaml is wrong now; the script before goes on\n"))
            #expect(run.output.ranges(of: "script        new, from failing.yaml:\n").count == 3, "\(run.output)")
        }
    }

    @Test func `can hold several endpoints, which keep out of each other's way`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(
                """
                endpoints:
                  orders:
                    receiver: [{ respond: 500 }, { respond: 200 }]
                  clients:
                    receiver: [{ respond: 410 }]
                """,
                to: "two.yaml"
            )
            let run = try await ReceiverAtDesk.run(["two.yaml"], endpoints: 2, in: folder) { receiver throws in
                #expect(try await receiver.send(to: receiver.urls[0]) == 500)
                #expect(try await receiver.send(to: receiver.urls[1]) == 410)
                #expect(try await receiver.send(to: receiver.urls[0]) == 200)
            }
            #expect(run.output.contains("endpoint      clients\n"), "\(run.output)")
            #expect(run.output.contains(/\s#2 \[clients\] POST \/hooks, first attempt of evt_1\n/))
            #expect(run.output.contains(/\s#3 \[orders\] POST \/hooks, attempt 2 \(\+[\d.]+m?s\) of evt_1\n/))
            #expect(run.output.contains("3 requests of 2 deliveries: "))
        }
    }

    @Test func `reports what none of its rules matches`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(
                """
                endpoint:
                  match:
                    - name: orders
                      when: { path: /orders }
                      receiver: [{ respond: 503 }]
                """,
                to: "rules.yaml"
            )
            let run = try await ReceiverAtDesk.run(["rules.yaml", "--target", "/"], in: folder) { receiver throws in
                #expect(try await receiver.send(to: receiver.url + "orders") == 503)
                #expect(try await receiver.send(to: receiver.url + "order") == 404)
            }
            #expect(run.output.contains("script        orders: 1: respond 503, from then on\n"), "\(run.output)")
            #expect(run.output.contains("              anything else: respond 404\n"))
            #expect(run.output.contains(/\s#2 no rule matches: .*orders.*\n/))
            #expect(run.output.contains("; 1 without a rule"))
        }
    }

    @Test func `can be a scenario, with its contract`() async throws {
        let scenario = BuiltPrograms.repository.appending(path: "Scenarios/jobber/accepted.yaml").path
        try #require(FileManager.default.fileExists(atPath: scenario))
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run([scenario], in: folder) { receiver throws in
                #expect(receiver.url.hasPrefix("http://"))
                try await receiver.send()
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.output.contains("signatures    not checked by the contract of Jobber: name a --secret\n"))
        }
    }
}
