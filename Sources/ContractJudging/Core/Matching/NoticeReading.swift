import WebhookContracts

/// Tells the requests that announce that an endpoint was disabled.
struct NoticeReading {
    let contract: Contract
    let emissions: [EmissionView]

    /// Says that a request announces it: it carries the event of the contract for that, which nobody handed over.
    func isNotice(_ attempt: AttemptView) -> Bool {
        guard let name = contract.disablement.notice.value, !emissions.contains(where: { $0.type == name }) else {
            return false
        }
        let naming = EventNaming(contract: contract)
        let sent = contract.event(named: name)?.sentName ?? name
        return (naming.bodyName(of: attempt) ?? naming.headerName(of: attempt)) == sent
    }
}
