import ContractJudging
import Foundation
import ProgramRunning
import Testing
import WebhookContracts

@Suite struct `Pages about checks` {
    static let folder = BuiltPrograms.repository.appending(path: "Documentation/checks")

    @Test func `are there for every check, and for nothing else`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(CheckCatalogue.all.map { "\($0.description.id).md" }))
    }

    @Test(arguments: CheckCatalogue.all.map(\.description))
    func `say what the check asks, why, who promises it, what it would have caught and how to mend it`(
        _ check: CheckDescription
    ) throws {
        let page = try Self.page(check.id.rawValue)
        #expect(page.hasPrefix("# \(check.id)\n\n**\(check.title)**\n"))
        for code in check.codes { #expect(page.contains(code)) }
        let sections = page.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(
            sections == [
                "## What it asks", "## Why it matters", "## Who promises it", "## What it would have caught",
                "## How to mend it",
            ]
        )
        for section in page.components(separatedBy: "\n## ") {
            #expect(section.contains(/[a-z]\.\n|>\.?\n|\w\.$|\.\n*$/), "\(check.id): a section without a sentence")
        }
    }

    @Test(arguments: CheckCatalogue.all.map(\.description.id.rawValue))
    func `name the providers whose contracts state the clause`(_ id: String) throws {
        for line in try Self.page(id).matches(of: /(?m)^- `([a-z_.]+)`: (.*)\.$/) {
            let path = String(line.output.1)
            let named = line.output.2 == "nobody here" ? [] : line.output.2.components(separatedBy: ", ")
            #expect(try named == Self.standing(of: path), "\(id): \(path)")
        }
    }

    @Test func `come out of the program by id and by code`() async throws {
        let page = try Self.page("retry.gaps").trimmingCharacters(in: .newlines) + "\n"
        #expect(try await ProgramRun.of("hookassay", ["explain", "retry.gaps"]).output == page)
        #expect(try await ProgramRun.of("hookassay", ["explain", "y2"]).output == page)
        let unknown = try await ProgramRun.of("hookassay", ["explain", "retry.gap"])
        #expect(unknown.status == 64)
        #expect(unknown.everything.contains("there is no check 'retry.gap'; did you mean 'retry.gaps'?"))
    }

    private static func page(_ id: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(id).md"), encoding: .utf8)
    }

    /// Who states a clause, in words of the pages: in the contract itself, then in one of its variants.
    private static func standing(of path: String) throws -> [String] {
        var itself: [String] = []
        var inVariants: [String] = []
        for slug in ShippedSlugs.inOrder {
            let file = BuiltPrograms.repository.appending(path: "Scenarios/\(slug)/contract.yaml").path
            let contract = try ContractFile.load(path: file)
            if let words = contract.words(about: path) {
                itself.append(contract.provider + words)
            } else {
                let variant = try contract.variants.first {
                    try ContractFile.load(path: file, variants: [$0.name]).words(about: path) != nil
                }
                if let variant { inVariants.append("\(contract.provider) in its variant \(variant.name)") }
            }
        }
        return itself + inVariants
    }
}

/// The folders of the shipped contracts, in the order of reports.
private enum ShippedSlugs {
    static let inOrder = [
        "contentspal", "oneclickcontractor", "claimable", "siteservicesnow", "jobber", "standard-webhooks", "exemplar",
    ]
}

extension Contract {
    /// How firmly the clause stands, as the pages put it; `nil` when it is unstated.
    fileprivate func words(about path: String) -> String? {
        let found = statements.filter { $0.path == path || $0.section == path }.map(\.standing)
        if found.contains(.stated) { return "" }
        return switch found.first(where: { $0 != .unstated }) {
        case .inferred?: " (inferred)"
        case ContractStatement.Standing.none?: " (explicitly none)"
        default: nil
        }
    }
}
