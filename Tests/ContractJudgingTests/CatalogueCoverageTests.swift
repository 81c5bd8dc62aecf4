import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Foundation
import Testing
import WebhookContracts

@Suite struct `Coverage of the catalogue` {
    @Test func `covers at least 45 entries`() {
        let codes = Set(CheckCatalogue.all.flatMap(\.description.codes))
        #expect(codes.count >= 45)
        for code in codes {
            #expect(code.first.map { "TRSLYDOFXCUKV".contains($0) } == true)
            #expect(Int(code.dropFirst()).map { $0 > 0 } == true)
        }
    }

    @Test func `leaves only checks without a code that the catalogue does not have`() {
        let plain = CheckCatalogue.all.map(\.description).filter(\.codes.isEmpty).map(\.id.rawValue)
        let others = plain.filter { !$0.hasPrefix("scenario.") }
        #expect(others == ["delivery.arrives"])
    }

    @Test func `has a line in the documentation for every check, and no other line`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documentation/checks.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let documented = rows.map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let ids = documented.map { $0[1].trimmingCharacters(in: ["`"]) }
        #expect(ids == CheckCatalogue.all.map(\.description.id.rawValue))
        for (row, check) in zip(documented, CheckCatalogue.all) {
            let codes = row[2] == "–" ? [] : row[2].components(separatedBy: ", ")
            #expect(codes == check.description.codes)
            #expect(row.count == 6 && row[3...4].allSatisfy { !$0.isEmpty })
        }
    }

    /// The dispatcher that keeps every promise must pass, whatever it is put through.
    @Test func `finds nothing wrong with a dispatcher that keeps its promises`() throws {
        var makers = [
            try HistoryMaker.delivered(), try HistoryMaker.retried(),
            try HistoryMaker.failing([.status(500), .reset, .hang(until: .seconds(10))]),
            try HistoryMaker.failing([.hang(until: .seconds(10)), .status(302), .status(204)]),
            try HistoryMaker.failing([.status(404)], HistoryMaker.fireAndForget),
            try HistoryMaker.failing([.status(404), .status(200)], HistoryMaker.silentRetries),
        ]
        for index in makers.indices {
            makers[index].log()
            let verdicts = makers[index].judged().verdicts
            #expect(
                verdicts.filter { $0.outcome == .violated || $0.outcome == .inconclusive }.map(\.check.rawValue) == []
            )
        }
    }
}
