import DeliveryEvidence
import Notation

extension DispatcherUnderTest {
    /// Asks for a test delivery to an endpoint; how the dispatcher answers is an observation.
    ///
    /// An endpoint that the dispatcher did not take on cannot be tested, which is recorded as such.
    ///
    /// - Throws: `DispatcherError` when the description does not say how, or the dispatcher does not answer.
    package func test(_ endpoint: String) async throws {
        guard let request = description.test else {
            throw DispatcherError(
                "\(description.path) does not say how a test delivery is asked for",
                wayOut: "add `test:` to it"
            )
        }
        let asked = evidence.now
        guard let known = endpoints.first(where: { $0.facts.name == endpoint })?.values else {
            let record = EndpointTested(endpoint: endpoint, asked: asked, accepted: false, status: nil, answer: "")
            return evidence.record(.endpointTested(record))
        }
        let answer = try await api.send(request, known)
        let record = EndpointTested(
            endpoint: endpoint,
            asked: asked,
            accepted: answer.isSuccess,
            status: answer.status,
            answer: String(decoding: answer.body.prefix(Self.longestTestAnswer), as: UTF8.self)
        )
        evidence.record(.endpointTested(record))
    }

    /// How many bytes of the answer to a test delivery are kept.
    private static let longestTestAnswer = 16 * 1024
}
