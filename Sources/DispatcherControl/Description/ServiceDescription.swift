/// A process that the dispatcher needs or that is a part of it, such as a database or a worker.
package struct ServiceDescription: Sendable, Hashable {
    /// What ends together with the service.
    package enum Lifetime: String, Sendable, Hashable, CaseIterable {
        /// It is started before the dispatcher and outlives its kills, stops and restarts: a database.
        case scenario
        /// It is killed, stopped and restarted together with the dispatcher: a worker.
        case dispatcher
    }

    /// Names it in messages and evidence.
    package var name: String
    package var command: ProcessCommand
    /// Placeholders that get a free TCP port of 127.0.0.1 each, the same for the whole scenario.
    package var ports: [String]
    /// How to tell that it can be used; without it what comes next is started at once.
    package var ready: Readiness?
    package var stop: StopRule
    package var lifetime: Lifetime
}
