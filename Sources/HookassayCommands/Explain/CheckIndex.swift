import ContractJudging
import Foundation
import Notation

/// Finds the page of a check by what people call it.
enum CheckIndex {
    /// What was found.
    enum Found {
        /// The pages, one for each check that covers the code.
        case pages([String])
        case notJudgeable(NotJudgeable)
        /// Nothing, with the closest id.
        case unknown(closest: String?)
    }

    /// Looks for an id (`retry.gaps`) or a code of the catalogue (`Y2`), whatever its case.
    static func find(_ name: String) -> Found {
        let checks = CheckCatalogue.all.map(\.description)
        let wanted = name.trimmingCharacters(in: .whitespaces)
        let named = checks.filter { $0.id.rawValue == wanted.lowercased() || $0.codes.contains(wanted.uppercased()) }
        if !named.isEmpty { return .pages(named.map(page)) }
        if let entry = NotJudgeable.all.first(where: { $0.code == wanted.uppercased() }) { return .notJudgeable(entry) }
        return .unknown(closest: Suggestion.closest(to: wanted, in: checks.map(\.id.rawValue)))
    }

    /// One line for each check, in the order of reports.
    static func lines() -> [String] {
        let checks = CheckCatalogue.all.map(\.description)
        let width = checks.map(\.id.rawValue.count).max() ?? 0
        return checks.map { check in
            let id = check.id.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
            let codes = check.codes.joined(separator: " ").padding(toLength: 7, withPad: " ", startingAt: 0)
            return "\(id)  \(codes)  \(check.title)"
        }
    }

    /// The page about a check; what the check says of itself where it has none.
    private static func page(_ check: CheckDescription) -> String {
        let text = CheckPages.texts[check.id.rawValue] ?? "# \(check.id)\n\n\(check.title)\n\n\(check.asks)"
        return text.trimmingCharacters(in: .newlines)
    }
}
