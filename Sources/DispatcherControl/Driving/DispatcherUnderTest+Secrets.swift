package import DeliveryEvidence
import Notation

extension DispatcherUnderTest {
    /// Gives an endpoint a new signing secret.
    ///
    /// - Throws: `DispatcherError` when the description does not say how, or the dispatcher does not answer.
    package func rotate(_ endpoint: String, to secret: String) async throws {
        guard let request = description.rotate else {
            throw DispatcherError(
                "\(description.path) does not say how the secret of an endpoint is changed",
                wayOut: "add `rotate:` to it"
            )
        }
        guard let index = endpoints.firstIndex(where: { $0.facts.name == endpoint }) else {
            throw DispatcherError("the endpoint '\(endpoint)' is not registered")
        }
        var known = endpoints[index].values
        known["secret"] = .string(secret)
        let asked = evidence.now
        let answer = try await api.send(request, known)
        if answer.isSuccess, endpoints.indices.contains(index) {
            endpoints[index].facts.secret = secret
            endpoints[index].values["secret"] = .string(secret)
        }
        let record = EndpointRotated(
            endpoint: endpoint,
            asked: asked,
            accepted: answer.isSuccess,
            detail: "\(answer.status) \(answer.excerpt)"
        )
        evidence.record(.endpointRotated(record))
    }

    /// Puts into the evidence how much memory the dispatcher has needed so far; nothing when it does not run.
    package func measure(_ moment: DispatcherMeasured.Moment) {
        guard let process, process.end == nil, let processID = process.processID else { return }
        let reading = ProcessMemory.reading(ofTree: processID)
        guard reading.processes > 0 else { return }
        let record = DispatcherMeasured(
            moment: moment,
            life: process.launch.life,
            processes: reading.processes,
            peakMemory: reading.peak
        )
        evidence.record(.dispatcherMeasured(record))
    }
}
