import DeliveryScenarios
import Notation
import Testing

@Suite struct `Dates in headers` {
    /// 2026-03-03T14:30:00Z.
    private let request = Duration.seconds(1_772_548_200)

    @Test(arguments: [
        ("{http-date +120s}", "Tue, 03 Mar 2026 14:32:00 GMT"), ("{http-date -1h}", "Tue, 03 Mar 2026 13:30:00 GMT"),
        ("{http-date + 1d}", "Wed, 04 Mar 2026 14:30:00 GMT"), ("{http-date +0s}", "Tue, 03 Mar 2026 14:30:00 GMT"),
    ])
    func `are told from the request on`(_ text: String, _ date: String) throws {
        #expect(try DateTemplate(text)?.text(forRequestAt: request) == date)
        #expect(try DateTemplate(text)?.text(forRequestAt: request + .milliseconds(900)) == date)
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
    func `know the calendar`(_ seconds: Int, _ date: String) {
        #expect(DateTemplate(offset: .zero).text(forRequestAt: .seconds(seconds)) == date)
    }

    @Test func `leave other values alone and refuse what is wrongly written`() throws {
        #expect(try DateTemplate("120") == nil)
        for text in ["{http-date}", "{http-date 120s}", "{http-date +120}", "{http-date +1s"] {
            #expect(throws: NotationError.self) { try DateTemplate(text) }
        }
    }

    @Test func `are put into the answer and told apart from what was written`() {
        let headers = [ReplyHeader(name: "Retry-After", value: "{http-date +1m}"), ReplyHeader(name: "X", value: "y")]
        let dated = Reply.respond(Response(status: 503, headers: headers)).dated(forRequestAt: request)
        #expect(dated.made == [ReplyHeader(name: "Retry-After", value: "Tue, 03 Mar 2026 14:31:00 GMT")])
        guard case .respond(let response) = dated.reply else {
            Issue.record("it is no answer any more")
            return
        }
        #expect(response.headers == dated.made + [ReplyHeader(name: "X", value: "y")])
    }
}
