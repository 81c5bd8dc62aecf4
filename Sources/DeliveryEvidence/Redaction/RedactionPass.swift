/// Replaces the secrets of one moment in everything of an event that came from outside.
struct RedactionPass {
    let index: SecretIndex

    func text(_ text: String) -> String { index.replacing(in: text) ?? text }

    func text(_ text: String?) -> String? { text.map { self.text($0) } }

    func bytes(_ bytes: Bytes) -> Bytes { Bytes(index.replacing(in: bytes.bytes) ?? bytes.bytes) }

    func bytes(_ bytes: Bytes?) -> Bytes? { bytes.map { self.bytes($0) } }

    /// The switch names every event, so that whoever adds one decides what of it can hold a secret.
    func event(_ event: EvidenceEvent) -> EvidenceEvent {
        switch event {
        case .runOpened, .runClosed, .scenarioOpened, .scenarioClosed, .stepEnded, .hostStalled, .evidenceDropped,
            .harnessCalibrated,
            .dispatcherReady, .dispatcherSignalled, .storeChanged, .dispatcherMeasured, .connectionOpened,
            .connectionClosed, .captureWritten:
            return event
        case .scenarioSkipped(var fields):
            fields.reason = text(fields.reason)
            return .scenarioSkipped(fields)
        case .scenarioNotRun(var fields):
            fields.problems = text(fields.problems)
            return .scenarioNotRun(fields)
        case .stepBegan(var fields):
            fields.text = text(fields.text)
            return .stepBegan(fields)
        case .observationEnded(var fields):
            fields.why = text(fields.why)
            return .observationEnded(fields)
        case .harnessFailed(var fields):
            fields.message = text(fields.message)
            return .harnessFailed(fields)
        case .clockChosen(var fields):
            fields.reason = text(fields.reason)
            return .clockChosen(fields)
        case .clockJumped(var fields):
            fields.due = text(fields.due)
            return .clockJumped(fields)
        case .clockHeld(var fields):
            fields.why = text(fields.why)
            return .clockHeld(fields)
        case .clockIdle(var fields):
            fields.why = text(fields.why)
            return .clockIdle(fields)
        case .clockDoubted(var fields):
            fields.what = text(fields.what)
            return .clockDoubted(fields)
        case .dispatcherStarted(var fields):
            fields.command = fields.command.map { text($0) }
            return .dispatcherStarted(fields)
        case .dispatcherOutput(var fields):
            fields.line = text(fields.line)
            return .dispatcherOutput(fields)
        case .dispatcherExited(var fields):
            fields.status = text(fields.status)
            return .dispatcherExited(fields)
        case .dispatcherInstance(var fields):
            fields.detail = text(fields.detail)
            return .dispatcherInstance(fields)
        case .endpointOpened(var fields):
            fields.url = text(fields.url)
            return .endpointOpened(fields)
        case .endpointRegistered(var fields):
            fields.url = text(fields.url)
            fields.detail = text(fields.detail)
            fields.headers = fields.headers?.map { HeaderLine(name: text($0.name), value: text($0.value)) }
            return .endpointRegistered(fields)
        case .endpointRotated(var fields):
            fields.detail = text(fields.detail)
            return .endpointRotated(fields)
        case .endpointChanged(var fields):
            fields.detail = text(fields.detail)
            return .endpointChanged(fields)
        case .endpointUpdated(var fields):
            fields.url = text(fields.url)
            fields.detail = text(fields.detail)
            return .endpointUpdated(fields)
        case .redeliveryAsked(var fields):
            fields.detail = text(fields.detail)
            return .redeliveryAsked(fields)
        case .endpointTested(var fields):
            fields.answer = text(fields.answer)
            return .endpointTested(fields)
        case .nameAsked(var fields):
            fields.name = text(fields.name)
            return .nameAsked(fields)
        case .proxyAsked(var fields):
            fields.method = text(fields.method)
            fields.target = text(fields.target)
            return .proxyAsked(fields)
        case .eventEmitted(let fields): return .eventEmitted(emitted(fields))
        case .deliveryLogRead(let fields): return .deliveryLogRead(deliveryLog(fields))
        case .connectionSecured(var fields):
            fields.serverName = text(fields.serverName)
            fields.applicationProtocol = text(fields.applicationProtocol)
            return .connectionSecured(fields)
        case .handshakeFailed(var fields):
            fields.reason = text(fields.reason)
            return .handshakeFailed(fields)
        case .attemptArrived(let fields): return .attemptArrived(arrived(fields))
        case .attemptEnded(var fields):
            fields.asked = text(fields.asked)
            fields.madeHeaders = fields.madeHeaders?.map { HeaderLine(name: text($0.name), value: text($0.value)) }
            return .attemptEnded(fields)
        case .faultProduced(var fields):
            fields.asked = text(fields.asked)
            fields.kernel = fields.kernel.map { text($0) }
            fields.wire = text(fields.wire)
            return .faultProduced(fields)
        }
    }

    private func emitted(_ emitted: EventEmitted) -> EventEmitted {
        var emitted = emitted
        emitted.payload = bytes(emitted.payload)
        emitted.dispatcherID = text(emitted.dispatcherID)
        emitted.detail = text(emitted.detail)
        return emitted
    }

    private func arrived(_ arrived: AttemptArrived) -> AttemptArrived {
        var arrived = arrived
        arrived.deliveryKey = text(arrived.deliveryKey)
        arrived.head = bytes(arrived.head)
        arrived.method = text(arrived.method)
        arrived.target = text(arrived.target)
        arrived.version = text(arrived.version)
        for (place, header) in arrived.headers.enumerated() {
            if let name = index.replacing(in: header.name) { arrived.headers[place].name = name }
            if let value = index.replacing(in: header.value) { arrived.headers[place].value = value }
        }
        if let body = index.replacing(in: arrived.body.bytes) {
            arrived.body = Bytes(body)
            arrived.bodyRedacted = true
        }
        arrived.malformed = text(arrived.malformed)
        arrived.unmatched = text(arrived.unmatched)
        return arrived
    }

    private func deliveryLog(_ log: DeliveryLogRead) -> DeliveryLogRead {
        var log = log
        log.detail = text(log.detail)
        log.deliveries = log.deliveries.map { delivery in
            LoggedDelivery(
                id: text(delivery.id),
                eventID: text(delivery.eventID),
                eventType: text(delivery.eventType),
                createdAt: text(delivery.createdAt),
                url: text(delivery.url),
                latestStatus: delivery.latestStatus,
                payload: bytes(delivery.payload),
                state: text(delivery.state),
                isGivenUp: delivery.isGivenUp,
                attempts: delivery.attempts.map { attempt in
                    LoggedAttempt(
                        number: attempt.number,
                        outcome: text(attempt.outcome),
                        attemptedAt: text(attempt.attemptedAt),
                        responseCode: attempt.responseCode,
                        responseHeaders: bytes(attempt.responseHeaders),
                        responseBody: bytes(attempt.responseBody),
                        error: text(attempt.error),
                        nextAttemptAt: text(attempt.nextAttemptAt)
                    )
                },
                nextAttemptAt: text(delivery.nextAttemptAt)
            )
        }
        return log
    }
}
