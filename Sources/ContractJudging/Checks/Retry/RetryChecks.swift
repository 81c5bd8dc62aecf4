/// The checks of when a delivery is tried again, and when not.
enum RetryChecks {
    static let all: [Check] = [
        AttemptCountCheck.check,
        GapCheck.check,
        NoRetryCheck.check,
        FailureClassCheck.check,
        StopOnSuccessCheck.check,
        SuccessStatusCheck.check,
        RetryAfterCheck.check,
        RetryAfterFormCheck.check,
        JitterCheck.check,
        AttemptNumberCheck.check,
        RedeliveryCheck.check,
        ChangedEndpointCheck.check,
        DisabledRetryCheck.check,
        SamePayloadCheck.check,
        ConflictCheck.check,
    ]
}
