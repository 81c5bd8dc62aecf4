package import Notation

/// How to drive a dispatcher: the contents of a `dispatcher.yaml`.
package struct DispatcherDescription: Sendable {
    /// What reports call it.
    package var name: String
    package var path: String
    /// What it needs or consists of besides `start`, in the order in which they are started, before `start`.
    package var services: [ServiceDescription]
    /// How to start it; `nil` for a program that is run once for each event.
    package var start: ProcessCommand?
    package var ready: Readiness
    package var register: APIRequest?
    package var enable: APIRequest?
    package var disable: APIRequest?
    package var delete: APIRequest?
    /// How an endpoint gets a new secret; `nil` when the description does not say.
    package var rotate: APIRequest?
    /// Asks for a test delivery to an endpoint.
    package var test: APIRequest?
    /// Gives an endpoint another URL.
    package var update: APIRequest?
    /// Sends a delivery again.
    package var redeliver: APIRequest?
    package var emit: EmitAction
    package var deliveryLog: DeliveryLogSource?
    /// The signal that asks it to end, and how long it may take before it is killed.
    package var stop: StopRule
    /// How its store is made unavailable for a while; `nil` when the description does not say.
    package var storeOutage: StoreOutage?
    /// The names of all placeholders that stand in it.
    package var placeholders: Set<String> = []
}

/// How a dispatcher's store is made unavailable for a while.
package enum StoreOutage: Sendable, Hashable {
    /// By holding SQLite's own locks on the database at that path, as a process that hangs in a transaction would.
    case sqlite(String)
    /// By pausing the service of that name.
    case service(String)
}

/// A program, its arguments and what is added to its environment.
///
/// Texts may hold placeholders.
package struct ProcessCommand: Sendable, Hashable {
    package var arguments: [String]
    package var environment: [String: String]

    package init(arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }
}

/// How to tell that a started dispatcher takes requests, or that a started service can be used.
package struct Readiness: Sendable, Hashable {
    package enum Sign: Sendable, Hashable {
        /// A line of its output; a placeholder in it captures a value such as its address.
        case line(String)
        /// A 2xx answer to GET.
        case http(String)
        /// A TCP connection to that port of 127.0.0.1, written as a text.
        case port(String)
        /// A connection to the unix socket with that path.
        case socket(String)
    }

    package var sign: Sign
    package var within: Duration

    package init(sign: Sign, within: Duration) {
        self.sign = sign
        self.within = within
    }
}

/// One request to the dispatcher's own interface.
package struct APIRequest: Sendable, Hashable {
    package var method: String
    package var url: String
    package var headers: [String: String]
    /// Texts in it may hold placeholders; `nil` sends no body.
    package var body: JSONValue?
    /// Values to take from the answer, by placeholder name.
    package var capture: [String: JSONPointer]

    package init(
        method: String,
        url: String,
        headers: [String: String],
        body: JSONValue?,
        capture: [String: JSONPointer]
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.capture = capture
    }
}

/// How an event is handed over.
package enum EmitAction: Sendable, Hashable {
    case request(APIRequest)
    /// A program that is run for each event and endpoint, and delivers by itself. `input` goes to its standard input.
    case command(ProcessCommand, input: String?)
}

/// Where the dispatcher's delivery log is and how to read it.
package struct DeliveryLogSource: Sendable, Hashable {
    package var request: APIRequest
    /// The list of deliveries in the answer.
    package var list: JSONPointer
    /// Where each field of a delivery stands, by the contract's field name.
    package var fields: [String: JSONPointer]
    /// The list of attempts in a delivery.
    package var attempts: JSONPointer?
    /// Where each field of an attempt stands.
    package var attemptFields: [String: JSONPointer]
    /// The states in which a delivery has been given up; empty when the log does not tell.
    package var givenUp: [String]
}

/// How a dispatcher or a service is asked to end.
package struct StopRule: Sendable, Hashable {
    package var signal: String
    package var within: Duration

    package init(signal: String = "TERM", within: Duration = .seconds(10)) {
        self.signal = signal
        self.within = within
    }
}
