import DeliveryEvidence
import RunClocks

/// Taking time away from the dispatcher, or its store.
extension DispatcherUnderTest {
    /// Stops every process of the dispatcher, or the service of that name, where it stands (SIGSTOP).
    ///
    /// - Throws: `DispatcherError` when there is no such service, or it does not run.
    package func pause(_ service: String?) throws(DispatcherError) {
        for process in try processes(of: service) { send("STOP", to: process) }
    }

    /// Lets what was paused go on (SIGCONT).
    ///
    /// - Throws: `DispatcherError` when there is no such service, or it does not run.
    package func resume(_ service: String?) throws(DispatcherError) {
        for process in try processes(of: service) { send("CONT", to: process) }
    }

    /// Makes the dispatcher's store unavailable, or available again, as the description says how.
    ///
    /// - Throws: `DispatcherError` when the description does not say how, or it cannot be done.
    package func setStore(isAvailable: Bool) async throws {
        switch description.storeOutage {
        case .service(let service)?:
            if isAvailable { try resume(service) } else { try pause(service) }
        case .sqlite(let path)?:
            if isAvailable {
                storeHold = nil
            } else {
                storeHold = try await SQLiteHold.take(values.fill(path), clock: evidence.clock)
            }
        case nil:
            throw DispatcherError(
                "\(description.path) does not say how the store is made unavailable",
                wayOut: "add `store_outage:` to it"
            )
        }
        evidence.record(.storeChanged(StoreChanged(available: isAvailable)))
    }

    private func processes(of service: String?) throws(DispatcherError) -> [HostedProcess] {
        guard let service else {
            let parts = description.services.filter { $0.lifetime == .dispatcher }.compactMap { services[$0.name] }
            return ([process].compactMap(\.self) + programs + instances + parts).filter { $0.end == nil }
        }
        guard let process = services[service], process.end == nil else {
            throw DispatcherError("the service '\(service)' does not run, so that it cannot be paused or resumed")
        }
        return [process]
    }
}
