import Notation
import WebhookContracts

/// The contracts that ship with the project.
enum ShippedContracts {
    /// The folder `Scenarios` of the project.
    static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/") + "/Scenarios"
    }()

    /// The providers' folders.
    static let slugs = [
        "contentspal", "oneclickcontractor", "claimable", "siteservicesnow", "jobber", "standard-webhooks",
        "exemplar",
    ]

    /// Where a provider's contract stands.
    static func path(_ slug: String) -> String { "\(folder)/\(slug)/contract.yaml" }

    /// A contract in every edition: without a variant, and with each of them alone.
    static func editions(_ slug: String) throws -> [ContractReading] {
        let base = try ContractFile.read(path: path(slug))
        return try [base] + base.contract.variants.map { try ContractFile.read(path: path(slug), variants: [$0.name]) }
    }

    /// What is wrong with a shipped contract after one of its passages was replaced, as a person would see it.
    static func messages(
        _ slug: String,
        replacing passage: String,
        with text: String,
        variants: [String] = []
    ) throws -> String {
        let source = try SourceText.read(path: path(slug))
        guard source.text.contains(passage) else { throw MissingPassage(passage: passage) }
        var parts = source.text.split(separator: passage, maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        parts.insert(text, at: 1)
        return try messages(SourceText(path: source.path, text: parts.joined()), variants: variants)
    }

    /// What is wrong with a contract, with the folder's path left out; nothing when it is right.
    static func messages(_ source: SourceText, variants: [String] = []) throws -> String {
        let text: String
        do {
            let reading = try ContractFile.read(source, variants: variants)
            text = DiagnosticList(reading.warnings).rendered(sources: [source])
        } catch {
            text = error.rendered(sources: [source])
        }
        return text.split(separator: folder + "/", omittingEmptySubsequences: false).joined()
    }

    /// A test's passage is no longer in the contract.
    struct MissingPassage: Error {
        let passage: String
    }
}
