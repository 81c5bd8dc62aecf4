import DeliveryEvidence
import Notation

extension DispatcherUnderTest {
    /// Gives an endpoint another URL.
    ///
    /// - Throws: `DispatcherError` when the description does not say how, or the dispatcher does not answer.
    package func update(_ endpoint: String, url: String) async throws {
        guard let request = description.update else {
            throw DispatcherError(
                "\(description.path) does not say how an endpoint gets another URL",
                wayOut: "add `update:` to it"
            )
        }
        guard let place = endpoints.firstIndex(where: { $0.facts.name == endpoint }) else {
            throw DispatcherError("the endpoint '\(endpoint)' is not registered")
        }
        var facts = endpoints[place].facts
        facts.url = url
        let known = endpoints[place].values.adding(facts.placeholders)
        let asked = evidence.now
        let answer = try await api.send(request, known)
        if answer.isSuccess, let place = endpoints.firstIndex(where: { $0.facts.name == endpoint }) {
            endpoints[place] = (facts, known)
        }
        let record = EndpointUpdated(
            endpoint: endpoint,
            url: url,
            asked: asked,
            accepted: answer.isSuccess,
            detail: "\(answer.status) \(answer.excerpt)"
        )
        evidence.record(.endpointUpdated(record))
    }

    /// Asks for a delivery to be sent again.
    ///
    /// Where the request names the delivery by the dispatcher's own id, that is looked up in its log.
    ///
    /// - Parameter event: the scenario's name of the event.
    /// - Throws: `DispatcherError` when the description does not say how, the dispatcher's ids are not known, or it does not
    ///   answer.
    package func redeliver(_ event: String, to endpoint: String) async throws {
        guard let request = description.redeliver else {
            throw DispatcherError(
                "\(description.path) does not say how a delivery is sent again",
                wayOut: "add `redeliver:` to it"
            )
        }
        guard let registered = endpoints.first(where: { $0.facts.name == endpoint }) else {
            throw DispatcherError("the endpoint '\(endpoint)' is not registered")
        }
        var known = registered.values
        known["event"] = .string(event)
        known["event_id"] = eventIDs[event].map { .string($0) }
        if request.wants("delivery_id") {
            known["delivery_id"] = .string(try await deliveryID(of: event, at: registered.facts.url))
        }
        let asked = evidence.now
        let answer = try await api.send(request, known)
        let record = RedeliveryAsked(
            event: event,
            endpoint: endpoint,
            asked: asked,
            accepted: answer.isSuccess,
            detail: "\(answer.status) \(answer.excerpt)"
        )
        evidence.record(.redeliveryAsked(record))
    }

    private func deliveryID(of event: String, at url: String) async throws -> String {
        guard let source = description.deliveryLog, source.fields["id"] != nil, source.fields["event id"] != nil else {
            throw DispatcherError(
                "`{delivery_id}` is looked up in the delivery log, which has no `id` and `event id` in \(description.path)",
                wayOut: "add them to `fields` under `delivery_log`, or use `{event_id}`"
            )
        }
        let answer = try await api.send(source.request, values)
        let deliveries = try source.deliveries(in: answer.body).filter { delivery in
            delivery.eventID != nil && delivery.eventID == eventIDs[event] && (delivery.url ?? url) == url
        }
        guard let id = deliveries.last?.id else {
            throw DispatcherError("the delivery log has no delivery of \(event) to \(url)")
        }
        return id
    }
}

extension APIRequest {
    /// Says that a placeholder stands somewhere in the request.
    fileprivate func wants(_ name: String) -> Bool {
        let texts = [url] + headers.values + (body.map { [$0.compact()] } ?? [])
        return texts.contains { TemplateText($0).names.contains(name) }
    }
}
