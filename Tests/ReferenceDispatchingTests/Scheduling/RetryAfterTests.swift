import FoundationEssentials
import ReferenceDispatching
import Testing

@Suite struct `Retry-After` {
    /// 1994-11-06T08:49:37Z.
    let date = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        arguments: zip(
            ["0", "120", " 120 ", "1.2", "1.0", "1000000000", "99999999999999999999999"],
            [0, 120, 120, 2, 1, 1_000_000_000, 3_153_600_000]
        )
    )
    func `reads seconds, rounds fractions up and takes what is too long for a hundred years`(
        _ text: String,
        _ seconds: Int
    ) {
        #expect(RetryAfter(text) == .delay(.seconds(seconds)))
    }

    @Test(
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ]
    )
    func `reads every form of an HTTP date`(_ text: String) {
        #expect(RetryAfter(text) == .date(date))
    }

    @Test(
        arguments: [
            "", "-5", "soon", "1e3", "5 s", ".5", "1.2.3", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "٣",
        ]
    )
    func `is not to be read`(_ text: String) {
        #expect(RetryAfter(text) == nil)
    }

    @Test func `caps a date a day ahead and keeps one in the past`() {
        let now = date.advanced(by: .seconds(-2 * 86400))
        #expect(RetryAfter.date(date).date(from: now) == now.advanced(by: .seconds(86400)))
        let later = date.advanced(by: .seconds(60))
        #expect(RetryAfter.date(date).date(from: later) == date)
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (1_772_548_200, "Tue, 03 Mar 2026 14:30:00 GMT"),
    ])
    func `writes dates as they are read`(_ seconds: Int, _ text: String) {
        #expect(HTTPDate.text(of: Date(timeIntervalSince1970: Double(seconds) + 0.9)) == text)
        #expect(HTTPDate.parse(text) == Date(timeIntervalSince1970: Double(seconds)))
    }

    @Test func `reads a leap day`() {
        #expect(HTTPDate.parse("Thu, 29 Feb 2024 00:00:00 GMT") == Date(timeIntervalSince1970: 1_709_164_800))
        #expect(HTTPDate.parse("Thu, 01 Jan 1970 00:00:00 GMT") == Date(timeIntervalSince1970: 0))
    }
}
