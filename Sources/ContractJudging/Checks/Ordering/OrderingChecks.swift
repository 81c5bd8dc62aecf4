/// The checks of the order in which events arrive.
enum OrderingChecks {
    static let all: [Check] = [
        OrderCheck.reported,
        OrderCheck.perEndpoint,
        LateRetryCheck.check,
    ]
}
