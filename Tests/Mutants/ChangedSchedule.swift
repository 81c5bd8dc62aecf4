import ReferenceDispatching
import WebhookContracts

extension Contract {
    /// The contract's retry schedule but for one change.
    func schedule(_ change: (inout RetrySchedule) -> Void) -> RetrySchedule {
        var schedule = ContractPolicy(self).retrySchedule()
        change(&schedule)
        return schedule
    }
}
