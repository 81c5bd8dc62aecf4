import Notation
import Testing
import WebhookContracts

@Suite struct `Contract notation` {
    @Test(arguments: [("2xx", 200...299), ("204", 204...204), ("200-204", 200...204), ("599", 599...599)])
    func `reads and writes statuses`(_ text: String, _ range: ClosedRange<Int>) throws {
        #expect(try StatusNotation.parse(text) == range)
        #expect(StatusNotation.text(range) == text)
    }

    @Test(arguments: ["6xx", "0xx", "xx", "99", "600", "204-200", "200-", "-200", "200-204-299", "+200", "", "2XX"])
    func `refuses what is no status`(_ text: String) {
        #expect(throws: NotationError.self) { try StatusNotation.parse(text) }
    }

    @Test(arguments: [
        HeaderValue.eventType, .quotedEventType, .eventID, .deliveryID, .attemptNumber, .signature, .timestamp,
        .idempotencyKey, .contentDigest, .signatureInput, .mediaType("application/json"),
        .literal("ContentsPal-Webhook/1.0"), .literal("two words"),
    ])
    func `reads back what it writes for a header`(_ value: HeaderValue) throws {
        #expect(try HeaderValueNotation.parse(HeaderValueNotation.text(value)) == value)
    }

    @Test(arguments: ["", "literal ", "literal a\r\nX-Evil: 1", "media type json", "media type a/b; c=d", "eventtype"])
    func `refuses what no header carries`(_ text: String) {
        #expect(throws: NotationError.self) { try HeaderValueNotation.parse(text) }
    }

    @Test(arguments: [
        (TimeForm.utc, "2026-03-03T14:30:00.000Z", true), (.utc, "2026-03-03T14:30:00Z", false),
        (.utc, "2026-03-03T14:30:00.000+00:00", false), (.offset, "2026-03-03T07:30:00-07:00", true),
        (.offset, "2026-03-03T07:30:00+05:30", true), (.offset, "2026-03-03T14:30:00Z", false), (.utc, "", false),
    ])
    func `knows how times are written`(_ form: TimeForm, _ text: String, _ fits: Bool) {
        #expect(form.fits(text) == fits)
    }
}
