/// The checks of the dispatcher's own delivery log.
enum LogChecks {
    static let all: [Check] = [
        LoggedAttemptCheck.check,
        LoggedEventCheck.check,
        LoggedRequestCheck.check,
        FailureKindCheck.check,
        LoggedFailureCheck.check,
        AwkwardAnswerLogCheck.check,
        NextAttemptCheck.check,
    ]
}
