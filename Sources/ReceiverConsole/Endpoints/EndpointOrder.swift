package import DeliveryEvidence
package import DeliveryScenarios
package import MockReceivers

/// An endpoint that is to be opened.
package struct EndpointOrder: Sendable {
    /// Its id in the control API and the evidence; `nil` draws one.
    package var id: String?
    /// What people call it; may be empty.
    package var name: String
    /// How it answers and identifies itself; its name is replaced by the id.
    package var endpoint: ScenarioEndpoint
    /// The address to listen on.
    package var host: String
    /// The port to listen on; 0 lets the kernel pick one.
    package var port: Int
    /// The script as a person wrote it, for the editor.
    package var source: ScriptSource?
    /// Tells the journal what a signature is worth.
    package var inspecting: SignatureInspection?
    /// Tells the script's rules what a signature is worth.
    package var signatures: (any SignatureReading)?
    /// The path of the file that gets all evidence; `nil` leaves it in the journal's memory.
    package var evidencePath: String?
    /// Somebody else's log that takes the evidence, instead of a file of its own.
    package var destination: EvidenceDestination?
    /// The secrets that must not be shown.
    package var redactor: Redactor

    /// Makes an order; what is not given is plain.
    package init(
        id: String? = nil,
        name: String = "",
        endpoint: ScenarioEndpoint,
        host: String = "127.0.0.1",
        port: Int = 0,
        source: ScriptSource? = nil,
        inspecting: SignatureInspection? = nil,
        signatures: (any SignatureReading)? = nil,
        evidencePath: String? = nil,
        destination: EvidenceDestination? = nil,
        redactor: Redactor = Redactor()
    ) {
        self.id = id
        self.name = name
        self.endpoint = endpoint
        self.host = host
        self.port = port
        self.source = source
        self.inspecting = inspecting
        self.signatures = signatures
        self.evidencePath = evidencePath
        self.destination = destination
        self.redactor = redactor
    }
}
