import Notation

/// Why an endpoint could not be opened or changed.
package struct EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What stands in the way, for whoever must tell one from another.
    package enum Problem: Sendable, Hashable {
        case tooMany
        case idTaken
        case unknown
        case cannotListen
        case noEvidence
    }

    package var problem: Problem
    /// One sentence: what is wrong and the way out; never holds a secret.
    package var message: String

    package var description: String { message }

    static func unknown(_ id: String) -> EndpointError {
        let shown = VisibleText.of(id, atMost: 64)
        return EndpointError(
            problem: .unknown,
            message: "There is no endpoint '\(shown)'; GET /api/endpoints lists those there are."
        )
    }
}
