/// The checks of the order in which events arrive.
enum OrderingChecks {
    static let all: [Check] = [
        OrderCheck.reported,
        OrderCheck.perEndpoint,
        OrderCheck.perSubject,
        LateRetryCheck.check,
    ]
}
