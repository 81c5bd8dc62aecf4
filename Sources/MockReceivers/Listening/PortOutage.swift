import DeliveryScenarios
import Notation

/// A fault of the listening port, and how long it lasts.
struct PortOutage: Sendable, Equatable {
    let fault: Fault
    let duration: Duration

    /// The scripted reply in a few words.
    var asked: String { "fault \(fault.kind.rawValue) for \(DurationNotation.text(duration))" }
}
