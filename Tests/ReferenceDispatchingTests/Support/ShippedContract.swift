import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts

/// Opens the contracts that ship with the product.
enum ShippedContract {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scenarios")

    static func load(_ slug: String, _ variants: String...) throws -> Contract {
        try ContractFile.load(path: folder.appending(path: "\(slug)/contract.yaml").path, variants: variants)
    }

    static func policy(_ slug: String, _ variants: String...) throws -> ContractPolicy {
        ContractPolicy(
            try ContractFile.load(path: folder.appending(path: "\(slug)/contract.yaml").path, variants: variants)
        )
    }
}

extension DispatchPolicy {
    /// The body that an example event gets, its fields filled in at `sampleTime`.
    func composed(_ event: String, changing change: (JSONValue) -> JSONValue = { $0 }) throws -> JSONValue? {
        let example = contract.event(named: event)?.example ?? .object([])
        let submission = EventSubmission(type: event, payload: change(example))
        let facts = EventFacts(sentName: sentName(of: event), eventID: "evt_1", source: nil, now: sampleTime)
        return try body(of: submission, facts: facts)
    }

    /// A first attempt at delivering some bytes.
    func attempt(
        _ body: String = "{}",
        type: String? = nil,
        number: Int = 1,
        endpoint: Endpoint = Endpoint(id: "e", url: "https://example.com/hook")
    ) -> Attempt {
        Attempt(
            deliveryID: "dlv_1",
            event: AcceptedEvent(
                id: "evt_1",
                type: type ?? contract.events.first?.name ?? "",
                body: Array(body.utf8),
                createdAt: sampleTime
            ),
            endpoint: endpoint,
            number: number,
            startedAt: sampleTime.advanced(by: .seconds(60 * (number - 1))),
            firstStartedAt: sampleTime
        )
    }
}

/// 2026-03-03T14:30:00.250Z.
let sampleTime = Date(timeIntervalSince1970: 1_772_548_200.25)

/// Reads a literal of JSON.
func json(_ text: String) throws -> JSONValue {
    try JSONValue.parse(text.utf8)
}

/// A folder that is gone when the test is over.
func withTemporaryFolder<R>(_ work: (URL) async throws -> R) async throws -> R {
    let folder = URL(filePath: FileManager.default.temporaryDirectory.path)
        .appending(path: RandomID.make(prefix: "dispatcher-test-"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let result: R
    do {
        result = try await work(folder)
    } catch {
        try FileManager.default.removeItem(at: folder)
        throw error
    }
    try FileManager.default.removeItem(at: folder)
    return result
}
