/// The checks that no dispatcher can fail, and why.
package enum ReportOnlyChecks {
    package static let all = [
        "ordering.reported": "It counts how many events came in another order where no order is promised.",
        "limit.origin":
            "It says from when a dispatcher seems to count; moments that lie near each other prove nothing against it.",
        "endpoint.automatic-disablement":
            "It says after how many failures nothing more came; contracts give the threshold in words, not in numbers.",
    ]
}
