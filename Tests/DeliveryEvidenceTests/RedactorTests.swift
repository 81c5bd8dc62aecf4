import DeliveryEvidence
import Foundation
import Testing

@Suite struct Redaction {
    private static let secret = #"pa ss/wörd"+?x"#

    private func redactor() throws -> Redactor {
        let redactor = Redactor()
        try redactor.add(Self.secret, as: .secret(of: "main"))
        return redactor
    }

    @Test(
        arguments: [
            secret,
            Data(secret.utf8).base64EncodedString(),
            "cGEgc3Mvd8O2cmQiKz94",
            "pa%20ss%2Fw%C3%B6rd%22%2B%3Fx",
            "pa%20ss%2fw%c3%b6rd%22%2b%3fx",
            "pa+ss%2Fw%C3%B6rd%22%2B%3Fx",
            #"pa ss/wörd\"+?x"#,
            #"pa ss\/wörd\"+?x"#,
            #"pa ss/w\u00f6rd\"+?x"#,
        ]
    )
    func `finds the secret written as`(_ form: String) throws {
        #expect(try redactor().redacted("<\(form)|\(form)>") == "<{{secret:main.secret}}|{{secret:main.secret}}>")
    }

    @Test func `finds base64 in both alphabets, with its padding`() throws {
        let value = "~~~~~~~~?>"
        let redactor = Redactor()
        try redactor.add(value, as: "x")
        let standard = Data(value.utf8).base64EncodedString()
        #expect(standard.contains("/") || standard.contains("+"))
        #expect(standard.hasSuffix("="))
        let web = standard.replacing("+", with: "-").replacing("/", with: "_")
        #expect(redactor.redacted("\(standard) \(web)") == "{{secret:x}} {{secret:x}}")
    }

    @Test func `replaces Basic credentials as a whole and the password alone`() throws {
        let redactor = Redactor()
        try redactor.addCredentials(user: "hook", password: "s3cr3t-p4ss", of: "main")
        let header = "Basic " + Data("hook:s3cr3t-p4ss".utf8).base64EncodedString()
        #expect(redactor.redacted(header) == "Basic {{secret:main.authorization}}")
        #expect(redactor.redacted("hook:s3cr3t-p4ss") == "hook:{{secret:main.password}}")
    }

    @Test func `covers head, headers and body of an attempt, each for itself`() throws {
        let value = "0123456789abcdef"
        let redactor = Redactor()
        try redactor.add(value, as: "k")
        let arrived = EvidenceSamples.attempt(
            1,
            head: "POST / HTTP/1.1\r\nX-Key: \(value)\r\n\r\n",
            headers: [HeaderLine(name: "X-Key", value: value)],
            body: Array(#"{"key":"\#(value)"}"#.utf8)
        )
        guard case .attemptArrived(let redacted) = redactor.redacted(.attemptArrived(arrived)) else {
            Issue.record("another event came back")
            return
        }
        #expect(redacted.head.text == "POST / HTTP/1.1\r\nX-Key: {{secret:k}}\r\n\r\n")
        #expect(redacted.values(of: "x-key") == ["{{secret:k}}"])
        #expect(redacted.body.text == #"{"key":"{{secret:k}}"}"#)
        #expect(redacted.bodyRedacted)
    }

    @Test func `leaves a secret alone whose halves stand in the head and in the body`() throws {
        let redactor = Redactor()
        try redactor.add("0123456789abcdef", as: "k")
        let arrived = EvidenceSamples.attempt(
            1,
            head: "POST / HTTP/1.1\r\nX-Key: 01234567\r\n\r\n",
            headers: [HeaderLine(name: "X-Key", value: "01234567")],
            body: Array("89abcdef".utf8)
        )
        #expect(redactor.redacted(.attemptArrived(arrived)) == .attemptArrived(arrived))
    }

    @Test(arguments: EvidenceSamples.events)
    func `touches nothing in an event without secrets`(event: EvidenceEvent) throws {
        #expect(try redactor().redacted(event) == event)
    }

    @Test func `finds secrets at both ends, side by side, and half ones not`() throws {
        let redactor = Redactor()
        try redactor.add("aaaaaaab", as: "a")
        try redactor.add("aaaaaaac", as: "c")
        #expect(redactor.redacted("aaaaaaabaaaaaaac") == "{{secret:a}}{{secret:c}}")
        #expect(redactor.redacted("aaaaaaaaaaab") == "aaaa{{secret:a}}")
        #expect(redactor.redacted("aaaaaaa") == "aaaaaaa")
        #expect(redactor.redacted("") == "")
    }

    @Test func `works in bytes that are no text`() throws {
        let redactor = Redactor()
        try redactor.add("0123456789", as: "k")
        let (bytes, changed) = redactor.redacted([0xFF] + Array("0123456789".utf8) + [0x00, 0xFE])
        #expect(changed)
        #expect(bytes == [0xFF] + Array("{{secret:k}}".utf8) + [0x00, 0xFE])
        #expect(!redactor.redacted([0xFF, 0xFE]).changed)
    }

    @Test func `covers output, commands, details and the delivery log`() throws {
        let value = "0123456789abcdef"
        let redactor = Redactor()
        try redactor.add(value, as: "k")
        var registered = EvidenceSamples.registered
        registered.detail = "key \(value)"
        var log = EvidenceSamples.deliveryLog
        log.deliveries[0].attempts[0].responseBody = Bytes(text: value)
        var emitted = EvidenceSamples.emitted
        emitted.payload = Bytes(text: value)
        var fault = EvidenceSamples.fault
        fault.kernel = ["send = 3", "write \(value)"]
        var unmatched = EvidenceSamples.attempt(1)
        unmatched.unmatched = "header x-key is \(value)"
        let events: [EvidenceEvent] = [
            .dispatcherStarted(DispatcherStarted(life: 1, processID: 1, command: ["run", "--key=\(value)"])),
            .dispatcherOutput(DispatcherOutput(life: 1, line: value)),
            .endpointRegistered(registered),
            .deliveryLogRead(log),
            .eventEmitted(emitted),
            .harnessFailed(HarnessFailed(component: "dispatcher", message: value)),
            .clockChosen(ClockChosen(clock: "warped:trace", reason: value)),
            .clockJumped(ClockJumped(from: Stamp(nanoseconds: 0), exact: true, due: "pid 1 '\(value)' sleep")),
            .clockHeld(ClockHeld(for: Stamp(nanoseconds: 1), why: value)),
            .clockIdle(ClockIdle(why: value)),
            .clockDoubted(ClockDoubted(what: value)),
            .connectionSecured(
                ConnectionSecured(connection: 1, version: nil, serverName: nil, applicationProtocol: value)
            ),
            .attemptArrived(unmatched),
            .faultProduced(fault),
        ]
        for event in events {
            let record = EvidenceRecord(
                sequence: 1,
                scenario: nil,
                at: Stamp(nanoseconds: 0),
                event: redactor.redacted(event)
            )
            let line = String(decoding: try EvidenceLine().bytes(of: record), as: UTF8.self)
            #expect(!line.contains(value), "\(event.typeName)")
            #expect(line.contains("{{secret:k}}"), "\(event.typeName)")
        }
    }

    @Test func `refuses secrets that are too short to be told from text`() {
        let error = #expect(throws: SecretTooShort.self) { try Redactor().add("1234567", as: "main.secret") }
        #expect(error?.description.contains("main.secret") == true)
        #expect(error?.description.contains("1234567") == false)
    }

    @Test func `never shows what it hides`() throws {
        let redactor = try redactor()
        var dumped = ""
        dump(redactor, to: &dumped)
        for text in ["\(redactor)", String(reflecting: redactor), dumped] {
            #expect(!text.contains("pa ss"))
        }
        #expect("\(redactor)" == "Redactor(main.secret)")
    }
}
