import DeliveryEvidence
import DeliveryScenarios
import Foundation
import Notation
import ProgramRunning
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Evidence of an endpoint` {
    private func records(_ bytes: [UInt8]) throws -> [EvidenceRecord] {
        let line = EvidenceLine()
        return try bytes.split(separator: 10).map { try line.record(in: Data($0)) }
    }

    @Test func `comes from memory, in order`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500, 200"}"#)
            _ = try await console.send("POST", url, Array("one".utf8))
            _ = try await console.send("POST", url, Array("two".utf8))
            let answer = try await console.call("GET", "/api/endpoints/\(id)/evidence")
            let records = try records(answer.bytes)
            #expect(
                records.map(\.event.typeName) == [
                    "endpoint.opened", "attempt.arrived", "attempt.ended", "attempt.arrived", "attempt.ended",
                ]
            )
            #expect(records.map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(records.allSatisfy { $0.scenario == id })
        }
    }

    @Test func `says what memory has let go`() async throws {
        try await withConsole(limits: JournalLimits(requests: 1)) { console in
            let (id, url) = try await console.open("{}")
            for _ in 1...3 { _ = try await console.send("POST", url) }
            let records = try records(try await console.call("GET", "/api/endpoints/\(id)/evidence").bytes)
            let dropped = records.compactMap { record in
                if case .evidenceDropped(let fields) = record.event { fields.count } else { nil }
            }
            #expect(dropped == [2])
        }
    }

    @Test func `is whole in a file, and stays when the endpoint is closed`() async throws {
        try await withTemporaryFolder { folder in
            let settings = EndpointSettings(evidenceFolder: folder.path())
            try await withConsole(limits: JournalLimits(requests: 1, body: 10), endpoints: settings) { console in
                let (id, url) = try await console.open(#"{"evidence": true}"#)
                for _ in 1...3 { _ = try await console.send("POST", url, Array(repeating: 65, count: 5000)) }
                let records = try records(try await console.call("GET", "/api/endpoints/\(id)/evidence").bytes)
                let sizes = records.compactMap { record in
                    if case .attemptArrived(let fields) = record.event { fields.body.bytes.count } else { nil }
                }
                #expect(sizes == [5000, 5000, 5000])
                _ = try await console.call("DELETE", "/api/endpoints/\(id)")
                let text = try folder.text(of: "\(id).ndjson")
                #expect(text.contains("connection.closed"))
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(files.count == 1)
        }
    }

    @Test func `a folder that cannot be written to is told`() async throws {
        try await withConsole(endpoints: EndpointSettings(evidenceFolder: "/proc/none")) { console in
            let answer = try await console.call("POST", "/api/endpoints", #"{"evidence": true}"#)
            #expect(answer.status == 422)
            #expect(try await console.call("GET", "/api/endpoints").json["endpoints"]?.items?.isEmpty == true)
        }
    }
}
