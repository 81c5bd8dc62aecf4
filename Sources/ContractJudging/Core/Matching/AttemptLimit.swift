import DeliveryEvidence
import WebhookContracts

extension Contract {
    /// The limit of one attempt, which may be another one for the first attempt of a delivery.
    ///
    /// Which attempt it is goes by the receiver's own count.
    func limit(of attempt: AttemptArrived) -> Clause<ResponseLimit> {
        attempt.ordinal == 1 && firstResponseLimit.value != nil ? firstResponseLimit : responseLimit
    }
}
