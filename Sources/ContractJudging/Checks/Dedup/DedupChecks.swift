/// The checks of what receivers deduplicate by.
enum DedupChecks {
    static let all: [Check] = [
        StableKeyCheck.header,
        StableKeyCheck.fields,
        RepetitionCheck.check,
        DistinctKeyCheck.check,
        KeyAfterCrashCheck.extra,
        OnlyFailingEndpointCheck.check,
        InstancesCheck.check,
        IdempotencyKeyCheck.check,
    ]
}
