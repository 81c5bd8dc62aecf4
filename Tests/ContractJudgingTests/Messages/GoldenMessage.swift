import ContractJudging
import DeliveryReports
import DeliveryScenarios
import Foundation
import Testing
import WebhookContracts

/// A whole message as it stands in `Tests/Golden/messages`, compared byte for byte.
///
/// With `HOOKASSAY_REWRITE_GOLDENS` in the environment the files are written anew, and the tests fail so that nobody forgets
/// to look at them.
enum GoldenMessage {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden/messages")

    private static var isRewriting: Bool {
        ProcessInfo.processInfo.environment["HOOKASSAY_REWRITE_GOLDENS"] != nil
    }

    /// Compares the message of one check in a made-up run with the file of that name.
    static func expect(
        _ name: String,
        _ check: CheckID,
        in maker: HistoryMaker,
        symbols: TimelineSymbols = .unicode,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let verdict = try #require(maker.verdict(check), "no verdict of \(check)", sourceLocation: sourceLocation)
        let text = text(of: verdict, in: maker, symbols)
        let file = folder.appending(path: "\(name).txt")
        if isRewriting {
            try Data(text.utf8).write(to: file)
            Issue.record("\(name).txt was written anew: look at it", sourceLocation: sourceLocation)
            return
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden, sourceLocation: sourceLocation)
        for line in text.split(separator: "\n") where !line.hasPrefix("VIOLATED") && !line.hasPrefix("INCONCLUSIVE") {
            #expect(!line.contains("secret-of"), sourceLocation: sourceLocation)
        }
    }

    /// The message as the terminal shows it.
    static func text(of verdict: Verdict, in maker: HistoryMaker, _ symbols: TimelineSymbols = .unicode) -> String {
        let run = RunFacts(
            tool: "9.9",
            dispatcher: "Parcel dispatcher",
            clock: "warped",
            host: "box",
            seed: 41,
            startedAt: "2026-03-03T14:00:00Z",
            duration: .seconds(1),
            interrupted: false,
            request: RunRequest(
                evidence: "reports/evidence.ndjson",
                options: RunRequest.Options(dispatcher: "dispatchers/parcel.yaml")
            )
        )
        let scenario = ScenarioReport(
            id: maker.scenario.id,
            title: maker.scenario.title,
            provider: maker.contract.provider,
            file: maker.scenario.path,
            result: .judged(maker.judged())
        )
        let commands = AgainText.lines(for: verdict.check, in: scenario, of: run)
        return VerdictText.lines(of: verdict, commands: commands, symbols).joined(separator: "\n") + "\n"
    }
}
