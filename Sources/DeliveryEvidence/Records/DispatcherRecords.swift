/// A process of the dispatcher under test, or of a service it needs, was started.
package struct DispatcherStarted: Sendable, Hashable, Codable {
    /// 1 for the first start, 2 after the first restart, and so on; each service counts its own.
    package var life: Int
    package var processID: Int
    package var command: [String]
    /// The name of the service; `nil` for the dispatcher itself.
    package var service: String?

    package init(life: Int, processID: Int, command: [String], service: String? = nil) {
        self.life = life
        self.processID = processID
        self.command = command
        self.service = service
    }
}

/// The dispatcher takes requests, or a service can be used.
package struct DispatcherReady: Sendable, Hashable, Codable {
    package var life: Int
    /// The name of the service; `nil` for the dispatcher itself.
    package var service: String?

    package init(life: Int, service: String? = nil) {
        self.life = life
        self.service = service
    }
}

/// A line that the dispatcher or a service wrote.
package struct DispatcherOutput: Sendable, Hashable, Codable {
    package var life: Int
    package var line: String
    /// The name of the service; `nil` for the dispatcher itself.
    package var service: String?

    package init(life: Int, line: String, service: String? = nil) {
        self.life = life
        self.line = line
        self.service = service
    }
}

/// A signal was sent to the dispatcher or to a service.
package struct DispatcherSignalled: Sendable, Hashable, Codable {
    package var life: Int
    /// The signal's name without `SIG`, such as `KILL`.
    package var signal: String
    /// The name of the service; `nil` for the dispatcher itself.
    package var service: String?

    package init(life: Int, signal: String, service: String? = nil) {
        self.life = life
        self.signal = signal
        self.service = service
    }
}

/// A process of the dispatcher or of a service ended.
package struct DispatcherExited: Sendable, Hashable, Codable {
    package var life: Int
    /// How it ended, such as `exit 0` or `signal 9`.
    package var status: String
    /// Says that the scenario or the end of the run asked for it.
    package var expected: Bool
    /// The name of the service; `nil` for the dispatcher itself.
    package var service: String?

    package init(life: Int, status: String, expected: Bool, service: String? = nil) {
        self.life = life
        self.status = status
        self.expected = expected
        self.service = service
    }
}

/// The dispatcher was asked to deliver to an endpoint.
package struct EndpointRegistered: Sendable, Hashable, Codable {
    package var endpoint: String
    package var url: String
    package var accepted: Bool
    package var status: Int?
    package var detail: String
    /// The events it is subscribed to; `nil` means all.
    package var events: [String]?
    package var hasSecret: Bool
    package var hasCredentials: Bool
    package var source: String?
    /// The headers of its owner's own that it was registered with; `nil` for none.
    package var headers: [HeaderLine]?

    package init(
        endpoint: String,
        url: String,
        accepted: Bool,
        status: Int?,
        detail: String,
        events: [String]?,
        hasSecret: Bool,
        hasCredentials: Bool,
        source: String?,
        headers: [HeaderLine]? = nil
    ) {
        self.endpoint = endpoint
        self.url = url
        self.accepted = accepted
        self.status = status
        self.detail = detail
        self.events = events
        self.hasSecret = hasSecret
        self.hasCredentials = hasCredentials
        self.source = source
        self.headers = headers
    }
}

/// An endpoint was enabled, disabled or deleted at the dispatcher.
///
/// The record's stamp is the acknowledgement.
package struct EndpointChanged: Sendable, Hashable, Codable {
    package enum Change: String, Sendable, Hashable, Codable {
        case enabled
        case disabled
        case deleted
    }

    package var endpoint: String
    package var change: Change
    /// When the dispatcher was asked.
    package var asked: Stamp
    package var accepted: Bool
    package var detail: String

    package init(endpoint: String, change: Change, asked: Stamp, accepted: Bool, detail: String) {
        self.endpoint = endpoint
        self.change = change
        self.asked = asked
        self.accepted = accepted
        self.detail = detail
    }
}

/// An event was handed to the dispatcher.
///
/// The record's stamp is the acknowledgement (or its absence).
package struct EventEmitted: Sendable, Hashable, Codable {
    /// The scenario's name for it: `e1`, `e2` and so on.
    package var event: String
    /// The contract's name for its type.
    package var type: String
    /// The body that was handed over (before the dispatcher fills its own fields).
    package var payload: Bytes
    /// `ui`, `api`, or `nil` when the scenario does not say.
    package var source: String?
    /// The gates that were closed for it.
    package var closedGates: [String]
    /// The earlier event of which this is a second publication.
    package var again: String?
    /// When the dispatcher was asked.
    package var asked: Stamp
    /// Says that the dispatcher took it on with a 2xx (or, for a program, by exiting with 0).
    package var accepted: Bool
    package var status: Int?
    /// The dispatcher's own id for the event, when it told one.
    package var dispatcherID: String?
    package var detail: String

    /// In the log `type` is the record's own, so the event's is written `eventType`.
    private enum CodingKeys: String, CodingKey {
        case event
        case type = "eventType"
        case payload
        case source
        case closedGates
        case again
        case asked
        case accepted
        case status
        case dispatcherID
        case detail
    }

    package init(
        event: String,
        type: String,
        payload: Bytes,
        source: String?,
        closedGates: [String],
        again: String?,
        asked: Stamp,
        accepted: Bool,
        status: Int?,
        dispatcherID: String?,
        detail: String
    ) {
        self.event = event
        self.type = type
        self.payload = payload
        self.source = source
        self.closedGates = closedGates
        self.again = again
        self.asked = asked
        self.accepted = accepted
        self.status = status
        self.dispatcherID = dispatcherID
        self.detail = detail
    }
}

/// What the dispatcher's own delivery log says.
package struct DeliveryLogRead: Sendable, Hashable, Codable {
    /// Says that the dispatcher has a log and gave it.
    package var available: Bool
    package var deliveries: [LoggedDelivery]
    package var detail: String
    /// Says that the dispatcher answered, and with something that is no log; `nil` where nobody looked for that.
    package var isUnreadable: Bool?

    package init(available: Bool, deliveries: [LoggedDelivery], detail: String, isUnreadable: Bool? = nil) {
        self.available = available
        self.deliveries = deliveries
        self.detail = detail
        self.isUnreadable = isUnreadable
    }
}

/// One event at one endpoint, as the dispatcher logged it.
///
/// A field it does not show is `nil`.
package struct LoggedDelivery: Sendable, Hashable, Codable {
    package var id: String?
    package var eventID: String?
    package var eventType: String?
    package var createdAt: String?
    package var url: String?
    package var latestStatus: Int?
    package var payload: Bytes?
    /// The dispatcher's word for where the delivery stands.
    package var state: String?
    /// Whether that word means that nothing more will be tried; `nil` when the log does not say.
    package var isGivenUp: Bool?
    package var attempts: [LoggedAttempt]
    /// When it says that the next attempt is due; in logs since version 0.2.
    package var nextAttemptAt: String?

    package init(
        id: String? = nil,
        eventID: String? = nil,
        eventType: String? = nil,
        createdAt: String? = nil,
        url: String? = nil,
        latestStatus: Int? = nil,
        payload: Bytes? = nil,
        state: String? = nil,
        isGivenUp: Bool? = nil,
        attempts: [LoggedAttempt] = [],
        nextAttemptAt: String? = nil
    ) {
        self.nextAttemptAt = nextAttemptAt
        self.id = id
        self.eventID = eventID
        self.eventType = eventType
        self.createdAt = createdAt
        self.url = url
        self.latestStatus = latestStatus
        self.payload = payload
        self.state = state
        self.isGivenUp = isGivenUp
        self.attempts = attempts
    }
}

/// One attempt, as the dispatcher logged it.
///
/// A field it does not show is `nil`.
package struct LoggedAttempt: Sendable, Hashable, Codable {
    package var number: Int?
    /// `succeeded`, `failed`, or the dispatcher's own word.
    package var outcome: String?
    package var attemptedAt: String?
    package var responseCode: Int?
    package var responseHeaders: Bytes?
    package var responseBody: Bytes?
    /// Why it failed when no response came, such as `timeout`, `tls` or `reset`.
    package var error: String?
    /// When it says that the attempt after this one is due; in logs since version 0.2.
    package var nextAttemptAt: String?

    package init(
        number: Int? = nil,
        outcome: String? = nil,
        attemptedAt: String? = nil,
        responseCode: Int? = nil,
        responseHeaders: Bytes? = nil,
        responseBody: Bytes? = nil,
        error: String? = nil,
        nextAttemptAt: String? = nil
    ) {
        self.nextAttemptAt = nextAttemptAt
        self.number = number
        self.outcome = outcome
        self.attemptedAt = attemptedAt
        self.responseCode = responseCode
        self.responseHeaders = responseHeaders
        self.responseBody = responseBody
        self.error = error
    }
}
