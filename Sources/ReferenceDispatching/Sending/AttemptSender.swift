package import CurlTransport
import WebhookContracts

/// Makes attempts: one request each, on a connection of its own.
package struct AttemptSender: Sendable {
    /// What performs the requests.
    package let transport: CurlTransport
    /// How they are sent.
    package var settings: SendingSettings
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
            let addresses = settings.addresses
            let routed = try await settings.route.taken(by: request, policy: policy, guardedBy: addresses)
            return result(of: try await transfer(routed))
        } catch let error as TransferError {
            return result(of: error)
        } catch is CancellationError {
            return nil
        } catch {
            // Only signing is left to fail, and its errors never quote the secret.
            return AttemptResult(outcome: .unsendable, word: "not sendable", error: "\(error)")
        }
    }

    /// Sends a request, and again as often as the policy wants when its connection breaks.
    private func transfer(_ request: TransferRequest) async throws -> TransferResponse {
        for _ in 0..<policy.repetitions() {
            do {
                return try await transport.send(request)
            } catch let error as TransferError where error.outcome == .failed(.network) {
                continue
            }
        }
        return try await transport.send(request)
    }

    private func result(of response: TransferResponse) -> AttemptResult {
        let outcome = policy.outcome(of: response)
        return AttemptResult(
            outcome: outcome,
            word: word(for: outcome) ?? "failed",
            responseCode: response.status,
            responseHeaders: response.headers,
            responseBody: response.body,
            error: response.hasContradictingLengths ? "the answer gives two lengths that contradict each other" : nil
        )
    }

    private func result(of error: TransferError) -> AttemptResult? {
        policy.outcome(of: error).map { outcome in
            AttemptResult(
                outcome: outcome,
                word: word(for: outcome) ?? error.word,
                responseCode: error.head?.status,
                responseHeaders: error.head?.headers ?? [],
                error: error.message
            )
        }
    }

    /// The word for an answer; nil when the outcome is none.
    private func word(for outcome: AttemptOutcome) -> String? {
        guard case .answered(let status, _) = outcome else { return nil }
        return policy.retrySchedule().success.contains(status) ? "succeeded" : "failed"
    }
}
