/// The checks of what a crash does to deliveries.
enum CrashChecks {
    static let all: [Check] = [
        AcceptedSurvivesCheck.crash,
        KeyAfterCrashCheck.resent,
        DueAfterCrashCheck.check,
        AcceptedSurvivesCheck.stop,
        AtMostOnceCheck.check,
        BudgetCheck.check,
        StoreOutageCheck.check,
        OverdueCheck.check,
    ]
}
