package import Notation

/// Finds where a contract contradicts itself or leaves a gap that makes its promises untestable.
package enum ContractLint {
    /// Everything doubtful about a contract as it was read, variants applied; a contradiction is an error, a gap a warning.
    package static func problems(in contract: Contract) -> [Diagnostic] {
        var findings = LintFindings(contract: contract)
        findings.checkEndpoint()
        findings.checkEvents()
        findings.checkNamedEvents()
        findings.checkHeaders()
        findings.checkFields()
        findings.checkBodyRules()
        findings.checkSignature()
        findings.checkOutcome()
        findings.checkRetry()
        findings.checkAgreements()
        findings.checkDedup()
        return DiagnosticList(findings.diagnostics).diagnostics
    }

    /// Everything doubtful about a contract file: as it stands, and with each of its variants alone.
    ///
    /// What only a variant brings about says so. An unreadable file gives its errors.
    package static func problems(inFileAt path: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let variants: [String]
        do {
            let reading = try ContractFile.read(path: path)
            found = reading.warnings
            variants = reading.contract.variants.map(\.name)
        } catch {
            // The variants of a file that cannot be read would mostly repeat its errors.
            return error.diagnostics
        }
        for variant in variants {
            for var diagnostic in problems(inFileAt: path, variant: variant) where !found.contains(diagnostic) {
                diagnostic.message += " (in the variant `\(variant)`)"
                found.append(diagnostic)
            }
        }
        return DiagnosticList(found).diagnostics
    }

    private static func problems(inFileAt path: String, variant: String) -> [Diagnostic] {
        do {
            return try ContractFile.read(path: path, variants: [variant]).warnings
        } catch {
            return error.diagnostics
        }
    }
}

/// The contract being looked at and what was found so far.
struct LintFindings {
    /// The contract.
    let contract: Contract
    /// What was found, in the order of the checks.
    private(set) var diagnostics: [Diagnostic] = []

    /// Starts with nothing found.
    init(contract: Contract) {
        self.contract = contract
    }

    /// Notes a contradiction.
    mutating func error(_ message: String, at position: SourcePosition?, help: String) {
        add(.error, message, at: position, help: help)
    }

    /// Notes a gap.
    mutating func warning(_ message: String, at position: SourcePosition?, help: String) {
        add(.warning, message, at: position, help: help)
    }

    private mutating func add(
        _ severity: Diagnostic.Severity,
        _ message: String,
        at position: SourcePosition?,
        help: String
    ) {
        diagnostics.append(
            Diagnostic(severity: severity, path: contract.path, position: position, message: message, help: help)
        )
    }
}
