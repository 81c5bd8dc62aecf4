import FaultProving
import Testing

@Suite struct `Expected outcome of libcurl` {
    static let samples: [(ExpectedCurl.Outcome, CurlSight)] = [
        (.answered(200), CurlSight(code: 0, status: 200)), (.broken, CurlSight(code: 56)),
        (.brokenOrAnswered(200), CurlSight(code: 0, status: 200)), (.brokenOrAnswered(200), CurlSight(code: 18)),
        (.timedOut, CurlSight(code: 28)), (.refused, CurlSight(code: 7, connected: false)),
        (.unanswered, CurlSight(code: 28, connected: false)),
        (.certificate(["expired"]), CurlSight(code: 60, message: "certificate has Expired", connected: false)),
        (.noHandshake, CurlSight(code: 35, connected: false)),
    ]

    @Test(arguments: samples)
    func `is recognised`(_ outcome: ExpectedCurl.Outcome, _ sight: CurlSight) {
        #expect(ExpectedCurl(outcome).mismatch(sight) == nil)
    }

    @Test(arguments: samples.map(\.0))
    func `is not a transfer that was never made`(_ outcome: ExpectedCurl.Outcome) {
        #expect(ExpectedCurl(outcome).mismatch(CurlSight(code: -1)) != nil)
    }

    @Test func `tells what is near it apart`() {
        #expect(ExpectedCurl(.broken).mismatch(CurlSight(code: 28)) != nil)
        #expect(ExpectedCurl(.broken).mismatch(CurlSight(code: 0, status: 200)) != nil)
        #expect(ExpectedCurl(.timedOut).mismatch(CurlSight(code: 28, connected: false)) != nil)
        #expect(ExpectedCurl(.unanswered).mismatch(CurlSight(code: 28)) != nil)
        #expect(ExpectedCurl(.answered(200)).mismatch(CurlSight(code: 0, status: 500)) != nil)
        #expect(ExpectedCurl(.certificate(["expired"])).mismatch(CurlSight(code: 60, message: "issuer")) != nil)
    }

    @Test func `takes its least time and its length`() {
        let expected = ExpectedCurl(.answered(200), atLeast: .seconds(1), bodyLength: 5...9)
        func sight(_ total: Duration, _ length: Int) -> CurlSight {
            CurlSight(code: 0, status: 200, bodyLength: length, total: total)
        }
        #expect(expected.mismatch(sight(.seconds(1), 5)) == nil)
        #expect(expected.mismatch(sight(.milliseconds(999), 5)) != nil)
        #expect(expected.mismatch(sight(.seconds(60), 4)) != nil)
    }
}
