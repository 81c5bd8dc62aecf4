extension EvidenceEvent {
    /// About how many bytes the event takes in memory, and in the log.
    var roughSize: Int {
        let fixed = 512
        return switch self {
        case .attemptArrived(let arrived): fixed + 2 * arrived.head.bytes.count + arrived.body.bytes.count
        case .eventEmitted(let emitted): fixed + emitted.payload.bytes.count
        case .dispatcherOutput(let output): fixed + output.line.utf8.count
        case .faultProduced(let fault):
            fault.kernel.reduce(fixed + fault.asked.utf8.count + fault.wire.utf8.count) { $0 + 16 + $1.utf8.count }
        case .deliveryLogRead(let log):
            log.deliveries.reduce(fixed) { size, delivery in
                delivery.attempts.reduce(size + fixed + (delivery.payload?.bytes.count ?? 0)) { size, attempt in
                    size + fixed + (attempt.responseBody?.bytes.count ?? 0)
                }
            }
        default: fixed
        }
    }
}
