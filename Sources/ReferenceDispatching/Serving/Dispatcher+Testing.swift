package import FoundationEssentials
package import Notation

extension Dispatcher {
    /// Makes one attempt with an example at an endpoint, whatever its state, and gives what its owner is told of it.
    ///
    /// It goes the way of every delivery: the same signature, the same limits and the same guards. It is not tried again and
    /// stands in no log.
    ///
    /// - Throws: a `RequestRefusal` when there is no such endpoint, or no example for it.
    package func test(_ id: String, at now: Date = Date()) async throws -> JSONValue {
        let endpoint = try await endpoint(id)
        guard var sender, let submission = policy.testSubmission(to: endpoint) else {
            throw RequestRefusal("there is no example of an event that this endpoint gets", status: 409)
        }
        sender.settings.addresses = policy.rulesOfTests(sender.settings.addresses)
        let event = try record(of: submission, origin: "test", at: now).record.event
        let attempt = Attempt(
            deliveryID: RandomID.make(prefix: "test_"),
            event: event,
            endpoint: endpoint,
            number: 1,
            startedAt: now,
            firstStartedAt: now
        )
        guard let result = await sender.send(attempt) else { throw CancellationError() }
        return policy.shown(ofTest: result)
    }
}
