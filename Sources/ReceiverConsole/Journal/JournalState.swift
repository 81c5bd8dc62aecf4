import DeliveryEvidence

/// What is kept of one endpoint; a value without any waiting in it, which ``EndpointJournal`` guards.
struct JournalState {
    /// A note that is no request.
    struct Note: Sendable {
        var cursor: Int
        var at: Stamp
        var kind: JournalEntry.Kind
    }

    private let limits: JournalLimits
    /// Their numbers follow one upon the other.
    private(set) var requests = Ring<JournalRequest>()
    private(set) var notes = Ring<Note>()
    /// How many requests have arrived.
    private(set) var arrived = 0
    private(set) var notesDropped = 0
    private(set) var bytes = 0
    private(set) var openConnections = 0
    private(set) var connections = 0
    private(set) var opened: (fields: EndpointOpened, at: Stamp, real: Stamp)?
    var isClosed = false
    private var numbers: [Int: Int] = [:]
    private var latest: [String?: (number: Int, at: Stamp)] = [:]

    init(limits: JournalLimits) {
        self.limits = limits
    }

    /// How many requests are gone from the journal.
    var requestsDropped: Int { arrived - requests.count }

    /// Takes a request in, lets older ones go, and gives its number.
    ///
    /// - Parameter excess: how many bytes all endpoints together are above their limit, this request not counted.
    mutating func take(
        _ make: (_ number: Int, _ gap: Duration?) -> JournalRequest,
        of attempt: AttemptArrived,
        at stamp: Stamp,
        excess: Int
    ) -> Int {
        let before = latest[attempt.deliveryKey]
        arrived += 1
        let request = make(arrived, before.map { stamp - $0.at })
        latest[attempt.deliveryKey] = (arrived, stamp)
        numbers[attempt.attempt] = arrived
        requests.append(request)
        bytes += request.size
        var excess = excess + request.size
        while requests.count > 1, requests.count > limits.requests || bytes > limits.bytes || excess > 0 {
            excess -= dropFirst()
        }
        return arrived
    }

    private mutating func dropFirst() -> Int {
        guard let gone = requests.popFirst() else { return 0 }
        bytes -= gone.size
        numbers[gone.arrived.attempt] = nil
        if latest[gone.arrived.deliveryKey]?.number == gone.number { latest[gone.arrived.deliveryKey] = nil }
        return gone.size
    }

    /// Changes the request that an attempt is and gives its number; `nil` when the journal has it no more.
    mutating func change(attempt: Int, _ change: (inout JournalRequest) -> Void) -> Int? {
        guard let number = numbers[attempt] else { return nil }
        requests.change(number - firstNumber, change)
        return number
    }

    mutating func add(_ note: Note) {
        notes.append(note)
        if notes.count > limits.notes, notes.popFirst() != nil { notesDropped += 1 }
    }

    mutating func open(_ fields: EndpointOpened, at stamp: Stamp, real: Stamp) {
        opened = (fields, stamp, real)
    }

    mutating func connectionOpened() {
        openConnections += 1
        connections += 1
    }

    mutating func connectionClosed() { openConnections -= 1 }

    /// The number of the first request that is kept, or would be.
    var firstNumber: Int { arrived - requests.count + 1 }

    /// The request with that number; `nil` when it has not come or is gone.
    func request(_ number: Int) -> JournalRequest? {
        guard number >= firstNumber, number <= arrived else { return nil }
        return requests[number - firstNumber]
    }

    /// Requests with greater numbers than `number`, the earliest first.
    func requests(after number: Int, atMost limit: Int) -> [JournalRequest] {
        // A caller may give any number at all.
        let place = number < firstNumber ? 0 : min(number, arrived) - firstNumber + 1
        return requests.elements(from: place, atMost: limit)
    }
}
