import ReferenceDispatching
import WebhookContracts

/// A dispatcher that breaks one promise, and the checks that have to notice.
struct Mutant: Sendable {
    /// What `--mutant` calls it.
    var name: String
    /// The promise it breaks, as a sentence.
    var breaks: String
    /// The checks of the catalogue that have to fail.
    var codes: [String]
    /// The providers (folder names) under whose contract it can show.
    var providers: [String]
    /// Makes its policy for a contract.
    var policy: @Sendable (Contract) -> any DispatchPolicy

    /// Every mutant, in the order of `--list`.
    static let all =
        transportMutants + requestMutants + bodyMutants + signatureMutants + retryMutants + outcomeMutants
        + enablementMutants + crashMutants + observabilityMutants
}

/// The folder names of the providers.
enum Provider {
    static let contentspal = "contentspal"
    static let oneclickcontractor = "oneclickcontractor"
    static let claimable = "claimable"
    static let siteservicesnow = "siteservicesnow"
    static let jobber = "jobber"
    static let standardWebhooks = "standard-webhooks"
    static let all = [contentspal, oneclickcontractor, claimable, siteservicesnow, jobber, standardWebhooks]
    /// Those whose contract has retries.
    static let retrying = [oneclickcontractor, siteservicesnow, jobber, standardWebhooks]
}
