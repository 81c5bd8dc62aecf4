import Notation

/// Writes contracts as tables a person can read.
package enum ContractTable {
    /// The narrowest table that is laid out; a smaller width counts as this one.
    package static let narrowest = 60

    /// Everything a contract promises, what it leaves open, and its variants.
    ///
    /// The text depends on nothing but the contract and the width.
    ///
    /// - Parameter width: how many characters a line may have.
    /// - Returns: lines that end with a line break each.
    package static func text(_ contract: Contract, width: Int = 100) -> String {
        let width = max(width, narrowest)
        var lines = heading(contract, width: width)
        lines += clauses(contract.statements.filter { $0.standing != .unstated }, width: width)
        lines += notStated(contract.statements.filter { $0.standing == .unstated }, width: width)
        lines += variants(contract, width: width)
        return lines.map { $0 + "\n" }.joined()
    }

    /// One line for each contract: slug, provider, number of events, and how many clauses have which standing.
    package static func list(_ contracts: [Contract]) -> String {
        let slugWidth = contracts.map(\.slug.count).max() ?? 0
        let providerWidth = contracts.map(\.provider.count).max() ?? 0
        return contracts.map { contract in
            let slug = padded(contract.slug, to: slugWidth)
            let provider = padded(VisibleText.of(contract.provider), to: providerWidth)
            return "\(slug)  \(provider)  \(counts(contract))\n"
        }
        .joined()
    }

    /// The number of events, and how many clauses have which standing: `3 events, 20 stated, 3 none, …`.
    package static func counts(_ contract: Contract) -> String {
        let statements = contract.statements
        let standings = ContractStatement.Standing.allCases.map { standing in
            "\(statements.filter { $0.standing == standing }.count) \(standing.rawValue)"
        }
        let events = contract.events.count == 1 ? "1 event" : "\(contract.events.count) events"
        return ([events] + standings).joined(separator: ", ")
    }

    private static func heading(_ contract: Contract, width: Int) -> [String] {
        let applied =
            contract.appliedVariants.isEmpty ? "" : " with \(contract.appliedVariants.joined(separator: ", "))"
        var lines = TextTable.wrap("\(contract.provider) (\(contract.slug))\(applied): \(counts(contract))", to: width)
        lines.append("")
        lines += contract.documents.flatMap { TextTable.wrap($0, to: width, hanging: 2) }
        lines.append("")
        return lines
    }

    private static func clauses(_ statements: [ContractStatement], width: Int) -> [String] {
        let names = joined(statements).map { ($0.section == nil ? 0 : 2) + $0.name.count }
        let nameWidth = min(names.max() ?? 0, width * 3 / 10)
        let standingWidth = "standing".count
        let sourceWidth = min(statements.map { $0.source?.count ?? 0 }.max() ?? 0, width / 4)
        let gaps = 3 * TextTable.gap.count
        let table = TextTable(widths: [
            nameWidth, standingWidth, width - nameWidth - standingWidth - sourceWidth - gaps, sourceWidth,
        ])
        var lines = table.row([["clause"], ["standing"], ["what is said"], ["source"]])
        lines += table.row(table.widths.map { [String(repeating: "-", count: $0)] })
        var section: String?
        for statement in joined(statements) {
            if let name = statement.section, name != section { lines.append(name) }
            section = statement.section
            lines += table.row([
                [(section == nil ? "" : "  ") + statement.name], [statement.standing.rawValue],
                said(statement), [statement.source ?? ""],
            ])
        }
        return lines
    }

    /// Puts the name under which an event is sent into the row that says when it happens, where both have one source.
    private static func joined(_ statements: [ContractStatement]) -> [ContractStatement] {
        var rows: [ContractStatement] = []
        for statement in statements {
            let name = statement.name.split(separator: ContractStatement.wireNameMark).first.map(String.init)
            if statement.section == "events", statement.name.hasSuffix(ContractStatement.wireNameMark),
                let last = rows.last,
                last.name == name, last.standing == statement.standing, last.source == statement.source,
                let said = last.text, let sent = statement.text
            {
                rows[rows.count - 1].text = "\(said); sent as \(sent)"
            } else {
                rows.append(statement)
            }
        }
        return rows
    }

    private static func said(_ statement: ContractStatement) -> [String] {
        [
            statement.text ?? (statement.standing == .none ? "none" : nil),
            statement.why.map { "because \($0)" },
            statement.note.map { "note: \($0)" },
        ]
        .compactMap(\.self)
    }

    private static func notStated(_ statements: [ContractStatement], width: Int) -> [String] {
        guard !statements.isEmpty else { return [] }
        var groups: [(section: String, names: [String])] = []
        for statement in statements {
            let section = statement.section ?? statement.name
            let name = statement.section == nil ? nil : statement.name
            if let last = groups.last, last.section == section, let name {
                groups[groups.count - 1].names = last.names + [name]
            } else {
                groups.append((section, name.map { [$0] } ?? []))
            }
        }
        var lines = ["", "not stated"]
        for group in groups {
            let names = group.names.isEmpty ? "" : ": \(group.names.joined(separator: ", "))"
            lines += TextTable.wrap("  \(group.section)\(names)", to: width, hanging: 2)
        }
        return lines
    }

    private static func variants(_ contract: Contract, width: Int) -> [String] {
        guard !contract.variants.isEmpty else { return [] }
        return ["", "variants"]
            + contract.variants.flatMap { TextTable.wrap("  \($0.name): \($0.says)", to: width, hanging: 2) }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
