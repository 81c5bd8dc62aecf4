import CurlTransport
import WebhookContracts

extension TransferError {
    /// What the failure means for the retry; nil when the dispatcher itself ended the attempt.
    var outcome: AttemptOutcome? {
        switch kind {
        case .cancelled, .shutDown: nil
        case .addressRefused, .badRequest: .unsendable
        case .connectTimeout, .totalTimeout: .failed(.timeout)
        case .tls: .failed(.tls)
        case .tooManyRedirects: .failed(.redirect)
        case .nameResolution, .connectionRefused, .unreachable, .connectionReset, .emptyReply, .partialBody,
            .protocolViolation, .bodyTooLarge, .other:
            .failed(.network)
        }
    }

    /// The failure in a word or two, by which the delivery log tells one kind from another.
    var word: String {
        switch kind {
        case .nameResolution: "name not resolved"
        case .connectionRefused: "connection refused"
        case .unreachable: "unreachable"
        case .connectTimeout: "connect timed out"
        case .totalTimeout: "timed out"
        case .tls: "tls failed"
        case .connectionReset: "connection reset"
        case .emptyReply: "no answer"
        case .partialBody: "answer broke off"
        case .protocolViolation: "not http"
        case .tooManyRedirects: "too many redirects"
        case .bodyTooLarge: "answer too large"
        case .addressRefused: "address refused"
        case .badRequest: "not sendable"
        case .cancelled, .shutDown: "interrupted"
        case .other: "transfer failed"
        }
    }
}
