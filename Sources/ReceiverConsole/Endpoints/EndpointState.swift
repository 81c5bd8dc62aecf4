package import FoundationEssentials

/// An open endpoint as it is shown.
package struct EndpointState: Sendable, Hashable {
    package var id: String
    /// What people call it; may be empty.
    package var name: String
    /// The URL to send to.
    package var url: String
    package var port: Int
    /// `plain`, `trusted` or another sort of certificate.
    package var identity: String
    package var offersHTTP2: Bool
    /// The script as a person wrote it, without secrets; `nil` when nobody wrote one.
    package var source: ScriptSource?
    package var openedAt: Date
    /// Says that all evidence goes to a file.
    package var hasEvidenceFile: Bool
}
