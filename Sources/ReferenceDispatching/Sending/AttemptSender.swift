package import CurlTransport
import WebhookContracts

/// Makes attempts: one request each, on a connection of its own.
package struct AttemptSender: Sendable {
    /// What performs the requests.
    package let transport: CurlTransport
    /// How they are sent.
    package let settings: SendingSettings
    /// What is decided about them.
    package let policy: any DispatchPolicy

    /// Makes a sender.
    package init(transport: CurlTransport, settings: SendingSettings, policy: any DispatchPolicy) {
        self.transport = transport
        self.settings = settings
        self.policy = policy
    }

    /// Makes one attempt; nil when it was cancelled, so that nobody knows whether it arrived.
    package func send(_ attempt: Attempt) async -> AttemptResult? {
        do {
            let request = try policy.request(for: attempt, settings: settings)
            return result(of: try await transport.send(request))
        } catch let error as TransferError {
            return result(of: error)
        } catch {
            // Only signing is left to fail, and its errors never quote the secret.
            return AttemptResult(outcome: .unsendable, word: "not sendable", error: "\(error)")
        }
    }

    private func result(of response: TransferResponse) -> AttemptResult {
        let isSuccess = policy.retrySchedule().success.contains(response.status)
        return AttemptResult(
            outcome: .answered(
                status: response.status,
                retryAfter: response.headers.first(named: "Retry-After")
            ),
            word: isSuccess ? "succeeded" : "failed",
            responseCode: response.status,
            responseHeaders: response.headers,
            responseBody: response.body
        )
    }

    private func result(of error: TransferError) -> AttemptResult? {
        error.outcome.map { outcome in
            AttemptResult(
                outcome: outcome,
                word: error.word,
                responseCode: error.head?.status,
                responseHeaders: error.head?.headers ?? [],
                error: error.message
            )
        }
    }
}
