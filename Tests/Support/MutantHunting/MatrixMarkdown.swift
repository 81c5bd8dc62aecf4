/// The kill matrix as a page of Markdown, without times and names of hosts.
package enum MatrixMarkdown {
    package static func page(of matrix: KillMatrix) -> String {
        ([heading(of: matrix), problems(of: matrix)] + [checks(of: matrix), mutants(of: matrix)])
            .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private static func heading(of matrix: KillMatrix) -> String {
        """
        # Kill matrix

        Every check is tried on dispatchers that break the promise it is about: a check that finds none of them guilty would be
        blind. Every other check that accuses one of them has its reason, and none accuses the correct dispatchers.
        `bin/kill-matrix` writes this page.

        \(MatrixSummary.sentences(of: matrix).joined(separator: " "))
        """
    }

    private static func problems(of matrix: KillMatrix) -> String {
        matrix.problems.isEmpty ? "" : "## Problems\n\n" + matrix.problems.map { "- \($0)" }.joined(separator: "\n")
    }

    private static func checks(of matrix: KillMatrix) -> String {
        let rows = matrix.checks.map { check -> String in
            let names = matrix.killed(by: check).map { "\($0.mutant.name)\($0.family == "Python" ? " (Python)" : "")" }
            let text = matrix.reportOnly[check].map { "only reports: \($0)" } ?? names.joined(separator: ", ")
            return "| `\(check)` | \(names.isEmpty ? "–" : "\(names.count)") | \(text) |"
        }
        return "## Checks and what they caught\n\n| check | mutants | which |\n|---|---|---|\n"
            + rows.joined(separator: "\n")
    }

    private static func mutants(of matrix: KillMatrix) -> String {
        let rows = matrix.hunted.map { hunted -> String in
            let killers = hunted.killers.map { "`\($0)`" } + hunted.missed.map { "**missed** `\($0)`" }
            let beyond = hunted.beyond.map { hunted.explanation(of: $0) == nil ? "**unexplained** `\($0)`" : "`\($0)`" }
            return
                "| \(hunted.mutant.name) | \(hunted.family) | \(hunted.mutant.breaks) | \(killers.joined(separator: " ")) "
                + "| \(beyond.joined(separator: " ")) | \(hunted.mutant.hunts.joined(separator: ", ")) |"
        }
        return "## Mutants and what caught them\n\n"
            + "| mutant | of | breaks | killed by | also fired, explained | hunted in |\n|---|---|---|---|---|---|\n"
            + rows.joined(separator: "\n")
    }
}
