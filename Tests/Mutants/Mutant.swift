import ReferenceDispatching
import WebhookContracts

/// A dispatcher that breaks one promise, the checks that have to notice, and where they get to see it.
///
/// This is the only table of mutants: the kill matrix and the tests read it through `--list`.
struct Mutant: Sendable {
    /// What `--mutant` calls it.
    var name: String
    /// The promise it breaks, as a sentence.
    var breaks: String
    /// The ids of the checks that have to find it violated, each of them.
    var caughtBy: [String]
    /// The scenarios it is hunted in, as `provider/name`; among them every check of `caughtBy` has to find it.
    var hunts: [String]
    /// The ids of other checks that find it violated in those scenarios, and why each of them is right to.
    ///
    /// The scenarios' own expectations (`scenario.…`) need no explanation: they restate promises in numbers.
    var alsoTrips: [String: String]
    /// Public reports of dispatchers that did the same, as `owner/repository#issue`.
    var reported: [String]
    /// Makes its policy for a contract.
    var policy: @Sendable (Contract) -> any DispatchPolicy

    init(
        name: String,
        breaks: String,
        caughtBy: [String],
        hunts: [String],
        alsoTrips: [String: String] = [:],
        reported: [String] = [],
        policy: @escaping @Sendable (Contract) -> any DispatchPolicy
    ) {
        self.name = name
        self.breaks = breaks
        self.caughtBy = caughtBy
        self.hunts = hunts
        self.alsoTrips = alsoTrips
        self.reported = reported
        self.policy = policy
    }

    /// Every mutant, in the order of `--list`.
    static let all =
        transportMutants + requestMutants + bodyMutants + signatureMutants + retryMutants + outcomeMutants
        + enablementMutants + crashMutants + observabilityMutants
        + networkMutants + wireMutants + contentMutants + signingMutants + scheduleMutants + readingMutants
        + queueMutants + logMutants
        + livesMutants
        + agreementMutants
        + answerMutants + signedPartMutants + requestFormMutants
}
