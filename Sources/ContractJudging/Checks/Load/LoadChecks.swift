/// The checks of many events and of endpoints that hold others up.
enum LoadChecks {
    static let all: [Check] = [
        BurstCheck.check,
        IndependenceCheck.check,
        RecoveryCheck.check,
        ThrottlingCheck.check,
        LargeBodyCheck.check,
    ]
}
