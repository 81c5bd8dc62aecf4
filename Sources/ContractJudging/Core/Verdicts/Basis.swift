package import Notation
import WebhookContracts

/// What a finding rests on: the document that promises it and the place where the promise is written down.
package struct Basis: Sendable, Hashable {
    /// The document and section the contract cites.
    package var source: String?
    /// Why the promise is taken to exist although no document states it; `nil` when one does.
    package var inferredBecause: String?
    /// Where the promise stands.
    package var position: SourcePosition?
    /// Which file `position` counts in.
    package var file: File

    /// The two files a promise can stand in.
    package enum File: Sendable, Hashable {
        case contract
        case scenario
    }

    package init(
        source: String? = nil,
        inferredBecause: String? = nil,
        position: SourcePosition? = nil,
        file: File = .contract
    ) {
        self.source = source
        self.inferredBecause = inferredBecause
        self.position = position
        self.file = file
    }

    /// The basis of a finding about what the scenario itself asks for.
    package static func scenario(_ position: SourcePosition?) -> Basis {
        Basis(position: position, file: .scenario)
    }
}

extension Clause {
    /// What a finding about this clause rests on.
    var basis: Basis {
        var why: String?
        if case .inferred(let reason) = standing { why = reason }
        return Basis(source: source, inferredBecause: why, position: position)
    }
}
