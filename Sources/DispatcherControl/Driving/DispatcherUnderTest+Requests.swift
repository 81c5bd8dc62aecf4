package import DeliveryEvidence
import Notation

extension DispatcherUnderTest {
    /// Asks the dispatcher to deliver to an endpoint.
    ///
    /// A refusal is an observation, not an error.
    ///
    /// - Returns: What was recorded of it: whether it does, and what it said.
    /// - Throws: `DispatcherError` when the dispatcher does not answer.
    @discardableResult
    package func register(_ facts: EndpointFacts) async throws -> EndpointRegistered {
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
        let record = EndpointRegistered(
            endpoint: facts.name,
            url: facts.url,
            accepted: accepted,
            status: status,
            detail: detail,
            events: facts.events,
            hasSecret: facts.secret != nil,
            hasCredentials: facts.user != nil,
            source: facts.source,
            headers: facts.headers.isEmpty
                ? nil : facts.headers.map { HeaderLine(name: $0.name, value: $0.value) }
        )
        evidence.record(.endpointRegistered(record))
        return record
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
                wayOut: "add `\(change.rawValue.dropLast(1)):` to it"
            )
        }
        guard let known = endpoints.first(where: { $0.facts.name == endpoint })?.values else {
            throw DispatcherError("the endpoint '\(endpoint)' is not registered")
        }
        let asked = evidence.now
        let answer = try await api.send(request, known)
        let record = EndpointChanged(
            endpoint: endpoint,
            change: change,
            asked: asked,
            accepted: answer.isSuccess,
            detail: "\(answer.status) \(answer.excerpt)"
        )
        evidence.record(.endpointChanged(record))
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
    /// - Throws: `DispatcherError` when a placeholder has no value or a program cannot be started.
    package func emit(_ event: EventFacts) async throws {
        let known = values.adding(event.placeholders)
        let asked = evidence.now
        let emission: Emission =
            switch description.emit {
            case .request(let request):
                try await handOver(api.prepared(request, known))
            case .command(let command, let input):
                description.start == nil
                    ? try await startForEachEndpoint(command, input: input, event.placeholders)
                    : try await runToEnd(command, input: input, known)
            }
        eventIDs[event.name] = emission.id
        let record = EventEmitted(
            event: event.name,
            type: event.type,
            payload: Bytes(text: event.payload.compact()),
            source: event.source,
            closedGates: event.closedGates,
            again: event.again,
            asked: asked,
            accepted: emission.isAccepted,
            status: emission.status,
            dispatcherID: emission.id,
            detail: emission.detail
        )
        evidence.record(.eventEmitted(record))
    }

    private func handOver(_ request: DispatcherAPI.Prepared) async throws -> Emission {
        do {
            let answer = try await api.send(request)
            let id = answer.captured["event_id"].map { $0.stringValue ?? $0.compact() }
            return Emission(isAccepted: answer.isSuccess, status: answer.status, id: id, detail: answer.excerpt)
        } catch let error as DispatcherError {
            return Emission(isAccepted: false, detail: error.description)
        }
    }

    /// Reads the dispatcher's delivery log into the evidence, if it has one.
    package func readDeliveryLog() async {
        guard let source = description.deliveryLog else { return noDeliveryLog("no delivery log in its description") }
        guard isRunning else { return noDeliveryLog("the dispatcher is not running") }
        do {
            let answer = try await api.send(source.request, values)
            let deliveries: [LoggedDelivery]
            do {
                guard answer.isSuccess else { throw DispatcherError("it answered \(answer.status) \(answer.excerpt)") }
                deliveries = try source.deliveries(in: answer.body)
            } catch {
                return noDeliveryLog("the delivery log could not be read: \(error)", isUnreadable: true)
            }
            let record = DeliveryLogRead(
                available: true,
                deliveries: deliveries,
                detail: "\(deliveries.count) deliveries"
            )
            evidence.record(.deliveryLogRead(record))
        } catch is CancellationError {
            // The run was interrupted: that says nothing about the log.
        } catch {
            noDeliveryLog("the delivery log could not be read: \(error)")
        }
    }

    private func noDeliveryLog(_ why: String, isUnreadable: Bool? = nil) {
        let record = DeliveryLogRead(available: false, deliveries: [], detail: why, isUnreadable: isUnreadable)
        evidence.record(.deliveryLogRead(record))
    }
}
