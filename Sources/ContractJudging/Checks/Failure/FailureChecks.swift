/// The checks of which answers are failures, and what becomes of them.
enum FailureChecks {
    static let all: [Check] = [
        InvalidAnswerCheck.check,
        EarlyAnswerCheck.check,
        NameNotFoundCheck.check,
        RedirectCheck.notFollowed,
        RedirectFailureCheck.withoutLocation,
        RedirectFailureCheck.notDelivered,
        ErrorTextCheck.check,
        ExhaustedCheck.check,
    ]
}
