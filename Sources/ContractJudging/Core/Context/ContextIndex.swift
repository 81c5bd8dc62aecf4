import DeliveryEvidence

/// Where everything of one endpoint and the delivery of each attempt are found without a search, as places in the lists of
/// the context: a scenario may have a hundred thousand attempts.
struct ContextIndex: Sendable {
    private let all: [Delivery]
    private var owners: [Int: Int] = [:]
    private var endpointsByName: [String: Int] = [:]
    private var attemptsByEndpoint: [String: [Int]] = [:]
    private var deliveriesByEndpoint: [String: [Int]] = [:]
    private var connectionsByEndpoint: [String: [Int]] = [:]
    private var hangingByEndpoint: [String: [Int]] = [:]
    private var goneByEndpoint: [String: Stamp] = [:]

    init(
        endpoints: [EndpointView],
        attempts: [AttemptView],
        all: [Delivery],
        deliveries: [Delivery],
        connections: [ConnectionHistory],
        observedEnd: Stamp
    ) {
        self.all = all
        owners.reserveCapacity(attempts.count)
        for (place, delivery) in all.enumerated() {
            for attempt in delivery.attempts { owners[attempt.number] = place }
        }
        for (place, endpoint) in endpoints.enumerated() where endpointsByName[endpoint.name] == nil {
            endpointsByName[endpoint.name] = place
        }
        for (place, attempt) in attempts.enumerated() {
            let endpoint = attempt.arrived.endpoint
            attemptsByEndpoint[endpoint, default: []].append(place)
            if (attempt.ended ?? observedEnd) - attempt.began >= JudgingContext.patience {
                hangingByEndpoint[endpoint, default: []].append(place)
            }
            if let receipt = attempt.receipt, receipt.status == 410, let answered = receipt.answerEnded {
                goneByEndpoint[endpoint] = min(goneByEndpoint[endpoint] ?? answered, answered)
            }
        }
        for name in hangingByEndpoint.keys {
            hangingByEndpoint[name]?.sort { (attempts[$0].began, $0) < (attempts[$1].began, $1) }
        }
        for (place, delivery) in deliveries.enumerated() {
            deliveriesByEndpoint[delivery.endpoint.name, default: []].append(place)
        }
        for (place, connection) in connections.enumerated() {
            connectionsByEndpoint[connection.opened.value.endpoint, default: []].append(place)
        }
    }

    /// The delivery an attempt belongs to, barred or not; `nil` for an activation or a stray.
    func owner(of attempt: AttemptView) -> Delivery? { owners[attempt.number].map { all[$0] } }

    func endpoint(named name: String) -> Int? { endpointsByName[name] }

    func attempts(at endpoint: String) -> [Int] { attemptsByEndpoint[endpoint] ?? [] }

    func deliveries(to endpoint: String) -> [Int] { deliveriesByEndpoint[endpoint] ?? [] }

    func connections(to endpoint: String) -> [Int] { connectionsByEndpoint[endpoint] ?? [] }

    /// The attempts that were open for longer than a prompt receiver takes, in order of their beginning.
    func hanging(at endpoint: String) -> [Int] { hangingByEndpoint[endpoint] ?? [] }

    /// When the endpoint first answered 410.
    func gone(_ endpoint: String) -> Stamp? { goneByEndpoint[endpoint] }
}
