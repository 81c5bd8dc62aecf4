/// The checks of whether events arrive at all, and how soon.
enum DeliveryChecks {
    static let all: [Check] = [
        ArrivalCheck.check,
        LatencyCheck.check,
        OneRequestCheck.check,
        NoAnswerCheck.check,
    ]
}
