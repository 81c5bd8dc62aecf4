/// The checks of how long a receiver may take.
enum LimitChecks {
    static let all: [Check] = [
        LimitCheck.kept,
        LimitCheck.total,
        LimitCheck.head,
        LateAnswerCheck.check,
        LimitOriginCheck.check,
        ConnectLimitCheck.check,
        FirstAttemptLimitCheck.check,
        AnswerSizeCheck.check,
    ]
}
