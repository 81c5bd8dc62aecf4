import Notation
import Testing
import WebhookContracts

@Suite struct `Contract reference` {
    private let page: String

    init() throws {
        page = try SourceText.read(path: ShippedContracts.folder + "/../Documentation/contracts.md").text
    }

    @Test func `quotes passages that really are in shipped contracts`() throws {
        let shipped = try ShippedContracts.slugs.map { try SourceText.read(path: ShippedContracts.path($0)).text }
        let passages = page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(passages.count == 2)
        for passage in passages {
            #expect(shipped.contains { $0.contains(passage) }, "\(passage)")
        }
    }

    @Test func `explains every word that can be written`() throws {
        var words: [String] = []
        words += FieldRole.allCases.map(\.rawValue)
        words += LogField.allCases.map(\.rawValue)
        words += Guarantee.allCases.map(\.rawValue)
        words += FailureClass.allCases.map(\.rawValue)
        words += RetryOrigin.allCases.map(\.rawValue)
        words += SchemeRule.allCases.map(\.rawValue)
        words += Ordering.allCases.map(\.rawValue)
        words += TimeForm.allCases.map(\.rawValue)
        words += RetryAfterRule.allCases.map(\.rawValue)
        words += BodyFormat.allCases.map(\.rawValue)
        let missing = words.filter { word in !page.contains("`\(word)`") }
        #expect(missing == [])
    }

    @Test func `names every clause`() throws {
        try SmallContract.read { contract in
            let named = ["headers", "events", "gates"]
            for statement in contract.statements where !named.contains(statement.section ?? "") {
                guard !statement.name.hasPrefix("field: ") else { continue }
                let isNamed = page.contains("`\(statement.name)`") || page.contains(".\(statement.name)`")
                #expect(isNamed, "\(statement.path)")
            }
        }
    }
}
