/// The kill matrix as one page of HTML: no script, nothing loaded, no times and no names of hosts.
package enum MatrixHTML {
    package static func page(of matrix: KillMatrix) -> String {
        let summary = MatrixSummary.sentences(of: matrix).map(escaped).joined(separator: " ")
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Kill matrix</title>
            <style>
            \(MatrixStyle.text)
            </style>
            </head>
            <body>
            <main>
            <h1>Kill matrix</h1>
            <p>Every check is tried on dispatchers that break the promise it is about: a check that finds none of them guilty would
            be blind. Every other check that accuses one of them has its reason, and none accuses the correct dispatchers.</p>
            <p>\(summary)</p>
            \(problems(of: matrix))<p class="legend"><span class="k">●</span> had to notice, and did
            <span class="a">○</span> noticed too, with a reason <span class="x">✕</span> missed, or without a reason</p>
            <h2>Mutants</h2>
            <div class="wide" tabindex="0" role="region" aria-label="Mutants and families of checks">
            \(table(of: matrix))
            </div>
            <h2>Checks</h2>
            \(checks(of: matrix))
            </main>
            </body>
            </html>

            """
    }

    private static func problems(of matrix: KillMatrix) -> String {
        guard !matrix.problems.isEmpty else { return "" }
        let items = matrix.problems.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n")
        return "<h2>Problems</h2>\n<ul class=\"problems\">\n\(items)\n</ul>\n"
    }

    private static func table(of matrix: KillMatrix) -> String {
        let groups = matrix.groups
        let heads = groups.map { "<th scope=\"col\"><span>\(escaped($0))</span></th>" }.joined()
        let rows = matrix.hunted.map { row(of: $0, groups) }.joined(separator: "\n")
        return """
            <table>
            <thead><tr><th scope="col" class="name">mutant</th>\(heads)</tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            """
    }

    private static func row(of hunted: HuntedMutant, _ groups: [String]) -> String {
        let cells = groups.map { group -> String in
            let of = { (checks: [String]) in checks.filter { KillMatrix.group(of: $0) == group } }
            let (wrong, killers) = (of(hunted.missed + hunted.unexplained), of(hunted.killers))
            if !wrong.isEmpty { return cell("x", "✕", wrong) }
            if !killers.isEmpty { return cell("k", "●", killers) }
            let beyond = of(hunted.beyond)
            return beyond.isEmpty ? "<td></td>" : cell("a", "○", beyond)
        }
        return "<tr><th scope=\"row\" class=\"name\">\(details(of: hunted))</th>\(cells.joined())</tr>"
    }

    private static func cell(_ kind: String, _ mark: String, _ checks: [String]) -> String {
        let names = escaped(checks.joined(separator: ", "))
        return "<td class=\"\(kind)\" title=\"\(names)\">\(mark)</td>"
    }

    private static func details(of hunted: HuntedMutant) -> String {
        let killers = hunted.killers.map { "<code>\(escaped($0))</code>" }.joined(separator: " ")
        let wrong = (hunted.missed + hunted.unexplained).map { "<li class=\"x\"><code>\(escaped($0))</code></li>" }
        let beyond = hunted.beyond.compactMap { check in
            hunted.explanation(of: check).map { "<li><code>\(escaped(check))</code>: \(escaped($0))</li>" }
        }
        let list = (wrong + beyond).joined()
        let reports = hunted.mutant.reported.map { report in
            let link = report.split(separator: "#").joined(separator: "/issues/")
            return "<a href=\"https://github.com/\(escaped(link))\">\(escaped(report))</a>"
        }
        let reported = reports.isEmpty ? "" : "<p>As reported in \(reports.joined(separator: ", ")).</p>"
        return """
            <details><summary>\(escaped(hunted.mutant.name)) <small>\(escaped(hunted.family))</small></summary>\
            <p>Breaks: \(escaped(hunted.mutant.breaks))</p><p>Killed by \(killers) in \
            \(escaped(hunted.mutant.hunts.joined(separator: ", "))).</p>\
            \(list.isEmpty ? "" : "<p>Noticed too:</p><ul>\(list)</ul>")\(reported)</details>
            """
    }

    private static func checks(of matrix: KillMatrix) -> String {
        let items = matrix.checks.map { check -> String in
            let names = matrix.killed(by: check).map {
                "\(escaped($0.mutant.name)) <small>\(escaped($0.family))</small>"
            }
            let why = matrix.reportOnly[check].map { "Only reports: \(escaped($0))" }
            let text = why ?? (names.isEmpty ? "<span class=\"x\">✕ no mutant</span>" : names.joined(separator: ", "))
            return "<dt><code>\(escaped(check))</code></dt><dd>\(text)</dd>"
        }
        return "<dl>\n\(items.joined(separator: "\n"))\n</dl>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
