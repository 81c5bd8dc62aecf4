package import FoundationEssentials
import Logging
import Notation
import WebhookContracts

extension Dispatcher {
    /// Asks an endpoint what the contract wants asked, and switches it on or off by what it answers.
    ///
    /// - Returns: why it is not delivered to; nil when it is.
    func confirm(_ endpoint: Endpoint, at now: Date) async throws -> String? {
        var objection: String? = "nobody can ask it here"
        if let sender { objection = await sender.objection(to: endpoint, at: now) }
        let isActive = objection == nil && policy.initialStatus() == .active
        _ = try await store.setStatus(
            of: endpoint.id,
            to: isActive ? .active : .deactivated,
            reason: objection,
            at: now,
            endingDeliveries: false
        )
        if let objection { logger.notice("Nothing goes to \(policy.displayName(of: endpoint)): \(objection).") }
        return objection
    }

    /// Tells the other endpoints that one was disabled, where the contract has an event for it.
    package func announceDisabled(_ endpoint: Endpoint, at now: Date = Date()) async {
        for submission in policy.notices(of: endpoint, at: now) {
            do {
                _ = try await accept(submission, at: now)
            } catch {
                let name = policy.displayName(of: endpoint)
                logger.error("That \(name) was disabled cannot be announced: \(error)")
            }
        }
    }
}

extension DispatchPolicy {
    /// Announces it once, by the example of the contract's event with the endpoint as its subject.
    package func notices(of endpoint: Endpoint, at now: Date) -> [EventSubmission] {
        guard let name = contract.disablement.notice.value, let example = contract.event(named: name)?.example else {
            return []
        }
        var payload = example
        for field in contract.body.fields {
            switch field.role {
            case .subject: payload = payload.setting(.string(endpoint.id), at: field.pointer) ?? payload
            case .occurredAt:
                let time = TimeText.text(now, form: field.timeForm ?? .utc)
                payload = payload.setting(.string(time), at: field.pointer) ?? payload
            default: break
            }
        }
        return [EventSubmission(type: name, payload: payload)]
    }
}
