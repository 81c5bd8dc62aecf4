
import DeliveryScenarios
import MockReceivers
import RunClocks
import Testing
import Foundation
@Test func `temporary probe`() async throws {
    let evidence = RecordedEvidence()
    let authority = try RunAuthority()
    try authority.caPEM.write(toFile: "/tmp/mr-ca.pem", atomically: true, encoding: .utf8)
    try await withMockReceivers(for: ReceiverIdentity.allCases.map { ScenarioEndpoint(name: $0.rawValue, identity: $0, script: ReplyScript(replies: [.status(200, body: "served"), .fault(Fault(kind: .reset)), .fault(Fault(kind: .close)), .fault(Fault(kind: .reset, at: .body)), .fault(Fault(kind: .close, at: .body)), .fault(Fault(kind: .hang))])) }, authority: authority, clock: RealRunClock(), sink: evidence) { receivers in
        try receivers.all.map { $0.url }.joined(separator: "\n").write(toFile: "/tmp/mr-urls", atomically: true, encoding: .utf8)
        try await Task.sleep(for: .seconds(25))
    }
    var text = ""
    for entry in evidence.entries { text += "\(entry.at.nanoseconds / 1000) \(entry.event)\n" }
    try text.write(toFile: "/tmp/mr-evidence", atomically: true, encoding: .utf8)
}
