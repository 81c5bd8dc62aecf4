import ProgramRunning
import Testing

/// The scenario in which each mutant has to be caught.
private let hunts: [String: String] = [
    "accepts-plain-http": "contentspal/http-url",
    "acknowledges-before-recording": "jobber/killed-with-a-queue",
    "counts-from-the-first-attempt": "oneclickcontractor/hang-retried",
    "creates-active-endpoints": "oneclickcontractor/held-back",
    "delivers-every-publication": "siteservicesnow/published-twice",
    "delivers-to-disabled-endpoints": "contentspal/toggle",
    "disables-at-the-first-failure": "oneclickcontractor/exhausted",
    "drops-the-event-header": "contentspal/accepted",
    "duplicates-after-success": "contentspal/accepted",
    "follows-redirects": "contentspal/redirect",
    "forgets-credentials": "oneclickcontractor/basic-auth",
    "forgets-interrupted-attempts": "jobber/killed-midway",
    "forgets-the-offset": "contentspal/accepted",
    "gives-up-too-early": "oneclickcontractor/delivery-log",
    "hangs-up-early": "jobber/just-under-the-limit",
    "header-contradicts-body": "contentspal/accepted",
    "header-id-contradicts-body": "siteservicesnow/accepted",
    "ignores-conditions": "claimable/performed-by",
    "ignores-gates": "jobber/read-scope",
    "ignores-gone": "standard-webhooks/gone",
    "ignores-subscriptions": "claimable/subscription",
    "ignores-the-limit": "jobber/just-over-the-limit",
    "ignores-the-source-filter": "claimable/source-filter",
    "leaks-forbidden-data": "siteservicesnow/private-data",
    "log-drops-failed-attempts": "oneclickcontractor/delivery-log",
    "log-drops-responses": "oneclickcontractor/delivery-log",
    "logs-secrets": "contentspal/accepted",
    "mislabels-the-body": "jobber/accepted",
    "misnames-events": "contentspal/accepted",
    "misnames-the-algorithm": "siteservicesnow/accepted",
    "never-counts-attempts": "siteservicesnow/server-error",
    "never-retries-client-errors": "oneclickcontractor/every-failure",
    "never-retries-timeouts": "oneclickcontractor/hang-retried",
    "never-signs": "jobber/accepted",
    "new-id-per-attempt": "siteservicesnow/server-error",
    "nulls-absent-fields": "contentspal/optional-fields",
    "omits-substitutes": "siteservicesnow/rep-cleared",
    "one-id-for-all-events": "siteservicesnow/accepted",
    "publishes-unwatched-changes": "contentspal/unwatched-change",
    "quotes-the-event-name": "claimable/accepted",
    "repeats-the-first-signature": "standard-webhooks/server-error",
    "rereads-the-payload": "oneclickcontractor/taken-on-retry",
    "resends-after-a-crash": "contentspal/killed",
    "retries-at-once-after-a-restart": "oneclickcontractor/killed-while-waiting",
    "retries-fire-and-forget": "contentspal/server-error",
    "retries-healthy-endpoints-too": "siteservicesnow/one-fails",
    "retries-too-soon": "oneclickcontractor/exhausted",
    "sends-empty-signatures": "contentspal/without-secret",
    "sends-get": "contentspal/accepted",
    "shares-one-secret": "siteservicesnow/one-fails",
    "signs-in-another-encoding": "jobber/accepted",
    "signs-in-upper-case": "contentspal/accepted",
    "signs-reserialised-json": "contentspal/awkward-data",
    "signs-the-body-alone": "standard-webhooks/accepted",
    "skips-the-activation-delivery": "oneclickcontractor/activation",
    "takes-404-for-success": "siteservicesnow/every-failure",
    "takes-only-200-for-success": "siteservicesnow/any-2xx",
    "takes-redirects-for-success": "oneclickcontractor/redirect",
    "tries-once-more": "contentspal/server-error",
    "trusts-any-certificate": "contentspal/self-signed",
    "writes-both-time-fields": "jobber/era-b",
]

/// Breaks what no contract promises.
private let outOfReach: Set<String> = ["serves-one-endpoint-at-a-time"]

@Suite(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)))
struct `Dispatchers that break one promise` {
    @Test(arguments: hunts.keys.sorted())
    func `are caught by the check of that promise`(_ mutant: String) async throws {
        let scenario = try #require(hunts[mutant])
        let codes = try #require(try await MutantRun.all().first { $0.name == mutant }?.codes)
        let outcome = try await MutantRun.run(scenario, mutant: mutant)
        #expect(outcome.exitStatus == 1, "\(outcome.output)")
        #expect(!outcome.codes.isDisjoint(with: codes), "wanted \(codes), got \(outcome.violated): \(outcome.output)")
    }

    @Test func `each have their scenario or a reason to have none yet`() async throws {
        let known = Set(hunts.keys).union(outOfReach)
        let mutants = try await MutantRun.all().map(\.name)
        #expect(Set(mutants) == known)
        #expect(Set(hunts.keys).isDisjoint(with: outOfReach))
    }
}
