package import DeliveryEvidence
import Notation

extension DispatcherUnderTest {
    /// Asks the dispatcher to deliver to an endpoint. Returns whether it does.
    ///
    /// A refusal is an observation, not an error.
    ///
    /// - Throws: `DispatcherError` when the dispatcher does not answer.
    @discardableResult
    package func register(_ facts: EndpointFacts) async throws -> Bool {
        var known = values.adding(facts.placeholders)
        var accepted = true
        var status: Int?
        var detail = "no registration in its description"
        if let register = description.register {
            let answer = try await api.send(register, known)
            known = known.adding(answer.captured)
            accepted = answer.isSuccess
            status = answer.status
            detail = answer.excerpt
        }
        if accepted { endpoints.append((facts, known)) }
        sink.record(
            .endpointRegistered(
                EndpointRegistered(
                    endpoint: facts.name,
                    url: facts.url,
                    accepted: accepted,
                    status: status,
                    detail: detail,
                    events: facts.events,
                    hasSecret: facts.secret != nil,
                    hasCredentials: facts.user != nil,
                    source: facts.source
                )
            ),
            at: now()
        )
        return accepted
    }

    /// Enables, disables or deletes an endpoint.
    ///
    /// - Throws: `DispatcherError` when the description does not say how, or the dispatcher does not answer.
    package func change(_ endpoint: String, _ change: EndpointChanged.Change) async throws {
        let request: APIRequest? =
            switch change {
            case .enabled: description.enable
            case .disabled: description.disable
            case .deleted: description.delete
            }
        guard let request else {
            throw DispatcherError(
                "\(description.path) does not say how an endpoint is \(change.rawValue)",
                wayOut: "add '\(change.rawValue.dropLast(1))' to it"
            )
        }
        guard let known = endpoints.first(where: { $0.facts.name == endpoint })?.values else {
            throw DispatcherError("the endpoint '\(endpoint)' is not registered")
        }
        let asked = now()
        let answer = try await api.send(request, known)
        let record = EndpointChanged(
            endpoint: endpoint,
            change: change,
            asked: asked,
            accepted: answer.isSuccess,
            detail: "\(answer.status) \(answer.excerpt)"
        )
        sink.record(.endpointChanged(record), at: now())
    }

    /// Says whether the description tells how to make `change`.
    package nonisolated func canMake(_ change: EndpointChanged.Change) -> Bool {
        switch change {
        case .enabled: description.enable != nil
        case .disabled: description.disable != nil
        case .deleted: description.delete != nil
        }
    }

    /// Hands an event to the dispatcher.
    ///
    /// A refusal, and an answer that never came, are observations.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value.
    package func emit(_ event: EventFacts) async throws {
        let known = values.adding(event.placeholders)
        let asked = now()
        var outcome: (accepted: Bool, status: Int?, id: String?, detail: String)
        switch description.emit {
        case .request(let request):
            do {
                let answer = try await api.send(request, known)
                let id = answer.captured["event_id"].flatMap { $0.stringValue ?? $0.compact() }
                outcome = (answer.isSuccess, answer.status, id, answer.excerpt)
            } catch let error as DispatcherError {
                outcome = (false, nil, nil, error.description)
            }
        case .command(let command, let input):
            for endpoint in endpoints {
                let all = endpoint.values.adding(known)
                let text = try input.map { try all.fill($0) }
                programs.append(try launch(command, input: text, all))
            }
            outcome = (!endpoints.isEmpty, nil, nil, "started for \(endpoints.count) endpoints")
        }
        let record = EventEmitted(
            event: event.name,
            type: event.type,
            payload: Bytes(text: event.payload.compact()),
            source: event.source,
            closedGates: event.closedGates,
            again: event.again,
            asked: asked,
            accepted: outcome.accepted,
            status: outcome.status,
            dispatcherID: outcome.id,
            detail: outcome.detail
        )
        sink.record(.eventEmitted(record), at: now())
    }

    /// Reads the dispatcher's delivery log into the evidence, if it has one.
    package func readDeliveryLog() async {
        guard let source = description.deliveryLog, process?.exitStatus == nil, process != nil else {
            let detail = description.deliveryLog == nil ? "no delivery log in its description" : "the dispatcher is not running"
            sink.record(.deliveryLogRead(DeliveryLogRead(available: false, deliveries: [], detail: detail)), at: now())
            return
        }
        do {
            let answer = try await api.send(source.request, values)
            guard answer.isSuccess else { throw DispatcherError("it answered \(answer.status) \(answer.excerpt)") }
            let deliveries = try source.deliveries(in: answer.body)
            let record = DeliveryLogRead(available: true, deliveries: deliveries, detail: "\(deliveries.count) deliveries")
            sink.record(.deliveryLogRead(record), at: now())
        } catch {
            let detail = "the delivery log could not be read: \(error)"
            sink.record(.deliveryLogRead(DeliveryLogRead(available: false, deliveries: [], detail: detail)), at: now())
        }
    }
}
