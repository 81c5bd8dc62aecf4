/// The format of the evidence log.
package enum EvidenceFormat {
    /// The version that is written, and the newest that can be read.
    package static let current = 1
}

extension EvidenceEvent {
    /// The name of the event's type in the log, such as `attempt.arrived`.
    ///
    /// Names never change their meaning.
    package var typeName: String { parts.name }

    /// The name and the fields of the event; what a log line is made of.
    private var parts: (name: String, fields: any Encodable) {
        switch self {
        case .runOpened(let fields): ("run.opened", fields)
        case .runClosed(let fields): ("run.closed", fields)
        case .scenarioOpened(let fields): ("scenario.opened", fields)
        case .scenarioSkipped(let fields): ("scenario.skipped", fields)
        case .scenarioNotRun(let fields): ("scenario.not-run", fields)
        case .scenarioClosed(let fields): ("scenario.closed", fields)
        case .stepBegan(let fields): ("step.began", fields)
        case .stepEnded(let fields): ("step.ended", fields)
        case .observationEnded(let fields): ("observation.ended", fields)
        case .harnessFailed(let fields): ("harness.failed", fields)
        case .hostStalled(let fields): ("host.stalled", fields)
        case .evidenceDropped(let fields): ("evidence.dropped", fields)
        case .harnessCalibrated(let fields): ("harness.calibrated", fields)
        case .clockChosen(let fields): ("clock.chosen", fields)
        case .clockJumped(let fields): ("clock.jumped", fields)
        case .clockHeld(let fields): ("clock.held", fields)
        case .clockIdle(let fields): ("clock.idle", fields)
        case .clockDoubted(let fields): ("clock.doubted", fields)
        case .dispatcherStarted(let fields): ("dispatcher.started", fields)
        case .dispatcherReady(let fields): ("dispatcher.ready", fields)
        case .dispatcherOutput(let fields): ("dispatcher.output", fields)
        case .dispatcherSignalled(let fields): ("dispatcher.signalled", fields)
        case .dispatcherExited(let fields): ("dispatcher.exited", fields)
        case .storeChanged(let fields): ("store.changed", fields)
        case .dispatcherInstance(let fields): ("dispatcher.instance", fields)
        case .dispatcherMeasured(let fields): ("dispatcher.measured", fields)
        case .endpointRotated(let fields): ("endpoint.rotated", fields)
        case .endpointOpened(let fields): ("endpoint.opened", fields)
        case .endpointRegistered(let fields): ("endpoint.registered", fields)
        case .endpointChanged(let fields): ("endpoint.changed", fields)
        case .endpointTested(let fields): ("endpoint.tested", fields)
        case .endpointUpdated(let fields): ("endpoint.updated", fields)
        case .redeliveryAsked(let fields): ("redelivery.asked", fields)
        case .eventEmitted(let fields): ("event.emitted", fields)
        case .deliveryLogRead(let fields): ("delivery-log.read", fields)
        case .connectionOpened(let fields): ("connection.opened", fields)
        case .connectionSecured(let fields): ("connection.secured", fields)
        case .handshakeFailed(let fields): ("handshake.failed", fields)
        case .connectionClosed(let fields): ("connection.closed", fields)
        case .attemptArrived(let fields): ("attempt.arrived", fields)
        case .attemptEnded(let fields): ("attempt.ended", fields)
        case .faultProduced(let fields): ("fault.produced", fields)
        case .captureWritten(let fields): ("capture.written", fields)
        case .nameAsked(let fields): ("name.asked", fields)
        case .proxyAsked(let fields): ("proxy.asked", fields)
        }
    }

    /// Writes the event's fields beside the ones the record has written.
    fileprivate func encodeFields(to encoder: any Encoder) throws {
        try parts.fields.encode(to: encoder)
    }

    /// Reads the fields of an event of the named type; `nil` when no such type is known.
    fileprivate init?(typeName: String, from decoder: any Decoder) throws {
        switch typeName {
        case "run.opened": self = .runOpened(try .init(from: decoder))
        case "run.closed": self = .runClosed(try .init(from: decoder))
        case "scenario.opened": self = .scenarioOpened(try .init(from: decoder))
        case "scenario.skipped": self = .scenarioSkipped(try .init(from: decoder))
        case "scenario.not-run": self = .scenarioNotRun(try .init(from: decoder))
        case "scenario.closed": self = .scenarioClosed(try .init(from: decoder))
        case "step.began": self = .stepBegan(try .init(from: decoder))
        case "step.ended": self = .stepEnded(try .init(from: decoder))
        case "observation.ended": self = .observationEnded(try .init(from: decoder))
        case "harness.failed": self = .harnessFailed(try .init(from: decoder))
        case "host.stalled": self = .hostStalled(try .init(from: decoder))
        case "evidence.dropped": self = .evidenceDropped(try .init(from: decoder))
        case "harness.calibrated": self = .harnessCalibrated(try .init(from: decoder))
        case "clock.chosen": self = .clockChosen(try .init(from: decoder))
        case "clock.jumped": self = .clockJumped(try .init(from: decoder))
        case "clock.held": self = .clockHeld(try .init(from: decoder))
        case "clock.idle": self = .clockIdle(try .init(from: decoder))
        case "clock.doubted": self = .clockDoubted(try .init(from: decoder))
        case "dispatcher.started": self = .dispatcherStarted(try .init(from: decoder))
        case "dispatcher.ready": self = .dispatcherReady(try .init(from: decoder))
        case "dispatcher.output": self = .dispatcherOutput(try .init(from: decoder))
        case "dispatcher.signalled": self = .dispatcherSignalled(try .init(from: decoder))
        case "dispatcher.exited": self = .dispatcherExited(try .init(from: decoder))
        case "store.changed": self = .storeChanged(try .init(from: decoder))
        case "dispatcher.instance": self = .dispatcherInstance(try .init(from: decoder))
        case "dispatcher.measured": self = .dispatcherMeasured(try .init(from: decoder))
        case "endpoint.rotated": self = .endpointRotated(try .init(from: decoder))
        case "endpoint.opened": self = .endpointOpened(try .init(from: decoder))
        case "endpoint.registered": self = .endpointRegistered(try .init(from: decoder))
        case "endpoint.changed": self = .endpointChanged(try .init(from: decoder))
        case "endpoint.tested": self = .endpointTested(try .init(from: decoder))
        case "endpoint.updated": self = .endpointUpdated(try .init(from: decoder))
        case "redelivery.asked": self = .redeliveryAsked(try .init(from: decoder))
        case "event.emitted": self = .eventEmitted(try .init(from: decoder))
        case "delivery-log.read": self = .deliveryLogRead(try .init(from: decoder))
        case "connection.opened": self = .connectionOpened(try .init(from: decoder))
        case "connection.secured": self = .connectionSecured(try .init(from: decoder))
        case "handshake.failed": self = .handshakeFailed(try .init(from: decoder))
        case "connection.closed": self = .connectionClosed(try .init(from: decoder))
        case "attempt.arrived": self = .attemptArrived(try .init(from: decoder))
        case "attempt.ended": self = .attemptEnded(try .init(from: decoder))
        case "fault.produced": self = .faultProduced(try .init(from: decoder))
        case "capture.written": self = .captureWritten(try .init(from: decoder))
        case "name.asked": self = .nameAsked(try .init(from: decoder))
        case "proxy.asked": self = .proxyAsked(try .init(from: decoder))
        default: return nil
        }
    }
}

extension EvidenceRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case sequence = "seq"
        case scenario
        case at
        case real
        case type
    }

    /// Reads a flat object: the record's own keys and, beside them, the fields of its event.
    ///
    /// Logs of version 0.1 have no key `real`: all their scenarios ran on the real clock.
    ///
    /// - Throws: an ``UnknownEvidenceType`` when the log was written by a version that knows more kinds of events, a
    ///   `DecodingError` for everything else.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        guard let event = try EvidenceEvent(typeName: type, from: decoder) else {
            throw UnknownEvidenceType(name: type)
        }
        self.init(
            sequence: try container.decode(Int.self, forKey: .sequence),
            scenario: try container.decodeIfPresent(String.self, forKey: .scenario),
            at: try container.decode(Stamp.self, forKey: .at),
            real: try container.decodeIfPresent(Stamp.self, forKey: .real),
            event: event
        )
    }

    /// Writes a flat object: the record's own keys and, beside them, the fields of its event.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .sequence)
        try container.encodeIfPresent(scenario, forKey: .scenario)
        try container.encode(at, forKey: .at)
        try container.encode(real, forKey: .real)
        try container.encode(event.typeName, forKey: .type)
        try event.encodeFields(to: encoder)
    }
}

/// A record has a type that this version does not know.
package struct UnknownEvidenceType: Error, Hashable {
    /// The type's name in the log.
    package var name: String
}
