import Foundation
import Testing

/// What each room may import besides Foundation.
///
/// SwiftPM lets an undeclared import through when another target happens to build the module, so the walls are held here.
private let allowedImports: [String: Set<String>] = [
    "Notation": ["Yams"],
    "WebhookSigning": ["Crypto"],
    "WebhookContracts": ["Notation", "WebhookSigning", "CJSONSchema"],
    "DeliveryEvidence": [],
    "DeliveryScenarios": ["Notation", "WebhookContracts", "WebhookSigning"],
    "RunClocks": ["CTimeWarp"],
    "MockReceivers": [
        "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "Notation", "Crypto", "NIOCore", "NIOHPACK",
        "NIOHTTP1", "NIOHTTP2", "NIOPosix", "NIOSSL", "NIOTLS", "SwiftASN1", "X509",
    ],
    "MockNetwork": ["DeliveryScenarios", "DeliveryEvidence", "RunClocks", "NIOCore", "NIOPosix"],
    "PacketCapturing": ["CPacketCapture"],
    "ReceiverConsole": [
        "Notation", "WebhookSigning", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "MockReceivers",
        "CurlTransport", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "ServiceLifecycle",
    ],
    "FaultProving": [
        "Notation", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "MockReceivers", "CurlTransport", "Crypto",
        "NIOCore", "NIOHPACK", "NIOHTTP2", "NIOPosix", "NIOSSL", "NIOTLS", "SystemPackage",
    ],
    "CurlTransport": ["CCurl"],
    "ReferenceDispatching": [
        "Notation", "WebhookContracts", "WebhookSigning", "CurlTransport", "GRDB", "HTTPTypes", "Hummingbird",
        "HummingbirdCore", "Logging", "NIOCore", "NIOPosix", "ServiceLifecycle", "UnixSignals",
    ],
    "DispatcherControl": [
        "Notation", "DeliveryEvidence", "RunClocks", "CurlTransport", "Subprocess", "SystemPackage",
    ],
    "ScenarioRunning": [
        "Notation", "WebhookContracts", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "MockReceivers",
        "MockNetwork", "PacketCapturing", "DispatcherControl", "CurlTransport", "Subprocess", "SystemPackage",
    ],
    "ContractJudging": ["Notation", "WebhookContracts", "WebhookSigning", "DeliveryScenarios", "DeliveryEvidence"],
    "DeliveryReports": ["ContractJudging", "DeliveryEvidence", "Notation"],
    "HookassayCommands": [
        "Notation", "WebhookContracts", "WebhookSigning", "DeliveryEvidence", "DeliveryScenarios", "RunClocks",
        "MockReceivers", "CurlTransport", "DispatcherControl", "FaultProving", "PacketCapturing", "ReceiverConsole",
        "ScenarioRunning", "ContractJudging", "DeliveryReports", "ArgumentParser", "Subprocess", "SystemPackage",
        "UnixSignals",
    ],
    "PageEmbedding": ["PackagePlugin"],
    "embed-pages": [],
    "hookassay": ["HookassayCommands"],
    "webhook-dispatcher": ["ReferenceDispatching", "ArgumentParser", "Logging"],
]

/// Modules of the system, open to every room that may do input and output.
private let systemModules: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

/// Rooms of values and pure functions: no input or output of the system, no locks.
private let pureRooms: Set<String> = ["ContractJudging", "DeliveryReports"]

@Suite struct `Import walls` {
    static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    @Test(arguments: allowedImports.keys.sorted())
    func `a room imports only what the table allows`(_ room: String) throws {
        let allowed = try #require(allowedImports[room])
        let system = pureRooms.contains(room) ? ["Foundation", "FoundationEssentials"] : systemModules
        for (file, module) in try Self.imports(of: room) where !allowed.contains(module) && !system.contains(module) {
            Issue.record("\(room)/\(file) imports \(module)")
        }
    }

    @Test func `every room with Swift in it stands in the table`() throws {
        let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path).filter {
            !$0.hasPrefix(".") && !$0.hasPrefix("C") || $0.hasPrefix("Contract") || $0.hasPrefix("Curl")
        }
        #expect(Set(rooms) == Set(allowedImports.keys))
    }

    @Test func `the judge waits for nothing`() throws {
        for (file, text) in try Self.files(of: "ContractJudging") {
            for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                let code = line.replacing(/"[^"]*"/, with: "")
                guard code.contains(/\b(async|await|Task\.|ContinuousClock|SuspendingClock)\b/) else { continue }
                Issue.record("ContractJudging/\(file): \(line)")
            }
        }
    }

    private static func files(of room: String) throws -> [(String, String)] {
        let folder = sources.appending(path: room)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try names.map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }

    private static func imports(of room: String) throws -> [(file: String, module: String)] {
        let access = "(?:(?:public|package|internal|private|fileprivate) )?"
        let kind = "(?:(?:struct|class|enum|func|protocol|let|var) )?"
        let pattern = try Regex("(?m)^\\s*(?:@\\w+ )*\(access)import \(kind)(\\w+)", as: (Substring, Substring).self)
        return try files(of: room).flatMap { file, text in
            text.matches(of: pattern).map { (file, String($0.output.1)) }
        }
    }
}
