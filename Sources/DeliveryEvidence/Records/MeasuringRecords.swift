/// How much memory the processes of the dispatcher have needed so far.
package struct DispatcherMeasured: Sendable, Hashable, Codable {
    /// When it was looked at.
    package enum Moment: String, Sendable, Hashable, Codable {
        /// Before the first step.
        case begin
        /// After the last step.
        case end
    }

    package var moment: Moment
    package var life: Int
    /// How many processes there were: the dispatcher's own and those that descend from it.
    package var processes: Int
    /// The most memory that each has had at once (`VmHWM`), in bytes, all together.
    package var peakMemory: Int

    package init(moment: Moment, life: Int, processes: Int, peakMemory: Int) {
        self.moment = moment
        self.life = life
        self.processes = processes
        self.peakMemory = peakMemory
    }
}

/// An endpoint got a new signing secret at the dispatcher.
///
/// The record's stamp is the acknowledgement.
package struct EndpointRotated: Sendable, Hashable, Codable {
    package var endpoint: String
    /// When the dispatcher was asked.
    package var asked: Stamp
    package var accepted: Bool
    package var detail: String

    package init(endpoint: String, asked: Stamp, accepted: Bool, detail: String) {
        self.endpoint = endpoint
        self.asked = asked
        self.accepted = accepted
        self.detail = detail
    }
}
