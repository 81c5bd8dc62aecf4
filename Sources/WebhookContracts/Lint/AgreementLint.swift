extension LintFindings {
    /// Holds what is agreed on beside the schedule against what it rests on.
    mutating func checkAgreements() {
        let (retry, endpoint, disablement) = (contract.retry, contract.endpoint, contract.disablement)
        if let event = disablement.notice.value, contract.event(named: event) == nil {
            error(
                "the notice of a disabled endpoint is the event `\(event)`, which is not in the list",
                at: disablement.notice.position,
                help: "add it to `events`, or name one that is there"
            )
        }
        if disablement.notice.value != nil, disablement.notification.value == false || disablement.notification.isNone {
            error(
                "nobody is told when an endpoint is disabled, and yet there is an event for it",
                at: disablement.notice.position,
                help: "make `disablement.notification` say `true`, or leave `notice` out"
            )
        }
        if retry.retryAfter.value == .ignored, retry.retryAfterCap.value != nil || retry.retryAfterForms.value != nil {
            error(
                "Retry-After is ignored, and yet its forms or its longest wait are stated",
                at: retry.retryAfterCap.position ?? retry.retryAfterForms.position,
                help: "make `retry.retry_after` say `honoured`, or leave them out"
            )
        }
        if retry.jitter.value != nil, retry.delays.value == nil {
            error(
                "waits are spread, but no waits are stated",
                at: retry.jitter.position,
                help: "write `retry.delays`, or leave `jitter` out"
            )
        }
        if endpoint.signatureProbe.value == true, contract.signature.header.isNone {
            error(
                "endpoints are probed with a wrong signature, but nothing is signed",
                at: endpoint.signatureProbe.position,
                help: "leave `signature_probe` out, or say how deliveries are signed"
            )
        }
    }
}
