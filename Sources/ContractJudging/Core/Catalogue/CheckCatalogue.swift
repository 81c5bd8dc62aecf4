/// Every check there is, in the order of reports.
package enum CheckCatalogue {
    package static let all: [Check] = [
        TransportChecks.all,
        RequestChecks.all,
        SignatureChecks.all,
        DeliveryChecks.all,
        LimitChecks.all,
        RetryChecks.all,
        DedupChecks.all,
        OrderingChecks.all,
        FailureChecks.all,
        EnablementChecks.all,
        CrashChecks.all,
        LoadChecks.all,
        SecurityChecks.all,
        LogChecks.all,
        ExpectationChecks.all,
    ].flatMap(\.self)

    /// The description of a check, or `nil` when there is none of that id.
    package static func description(of id: CheckID) -> CheckDescription? {
        all.first { $0.description.id == id }?.description
    }
}
