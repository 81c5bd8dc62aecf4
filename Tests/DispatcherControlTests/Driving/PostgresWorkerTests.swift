import DeliveryEvidence
import DispatcherControl
import Foundation
import Notation
import Testing

/// The shipped example of a dispatcher with services, on a real PostgreSQL.
@Suite struct `The dispatcher on PostgreSQL` {
    private static let authorities = "/etc/ssl/certs/ca-certificates.crt"
    private static let hasWhatItNeeds: Bool = {
        let files = FileManager.default
        let servers = (try? files.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let hasPython = ["/usr/bin/python3", "/usr/local/bin/python3"].contains { files.isExecutableFile(atPath: $0) }
        return !servers.isEmpty && hasPython && files.fileExists(atPath: authorities)
    }()

    @Test(
        .timeLimit(.minutes(20)),
        .enabled(if: hasWhatItNeeds, "PostgreSQL, Python or a file of authorities is not installed")
    )
    func `keeps what it took through a kill, with a database that lives on`() async throws {
        let folder = NSTemporaryDirectory() + "/company-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        root.removeLast(4)
        let path = root.joined(separator: "/") + "/Scenarios/dispatchers/postgres-worker.yaml"
        let values: [String: JSONValue] = ["work": .string(folder), "trust_store": .string(Self.authorities)]
        let evidence = RecordedEvidence()
        try await drive(try DispatcherFile.load(path: path), into: evidence, values: values) { dispatcher, _ in
            try await dispatcher.start()
            // Nobody listens at the discard port, so that every attempt fails and is tried again much later.
            try await dispatcher.register(.named("main", url: "https://127.0.0.1:9/", events: ["job.created"]))
            try await dispatcher.change("main", .enabled)
            let payload = JSONValue.object([JSONMember(name: "rate", value: .number("1.50e+3"))])
            try await dispatcher.emit(.of("job.created", payload: payload))
            await dispatcher.kill()
            try await dispatcher.start()
            await dispatcher.readDeliveryLog()
        }
        #expect(evidence.emitted.map(\.accepted) == [true])
        let log = try #require(evidence.logs.first)
        #expect(log.deliveries.map(\.eventType) == ["job.created", "job.created"], "\(log.detail)")
        #expect(log.deliveries.last?.payload?.text == #"{"rate":1.50e+3}"#)
        #expect(log.deliveries.allSatisfy { $0.state == "pending" && $0.isGivenUp == false })
        #expect(evidence.started.map { $0.service ?? "api" } == ["database", "worker", "api", "worker", "api"])
        #expect(evidence.exited.last?.service == "database" && evidence.exited.last?.status == "exit 0")
    }
}
