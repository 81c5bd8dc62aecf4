import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `Checks of headers` {
    @Test func `hold where every header is there once`() throws {
        var maker = try HistoryMaker.delivered()
        maker.setHeader(0, "x-event-ID", "id-of-e1")
        #expect(maker.outcome("headers.present-once") == .held)
        #expect(maker.outcome("headers.user-agent") == .held)
        #expect(maker.outcome("body.content-type") == .held)
    }

    @Test(arguments: ["X-Event-Id", "X-Attempt", "X-Event", "X-Signature"])
    func `are violated by a missing or doubled header`(name: String) throws {
        var maker = try HistoryMaker.delivered()
        let value = try #require(maker.history.attempts[0].arrived.values(of: name).first)
        maker.setHeader(0, name, value, value)
        #expect(maker.outcome("headers.present-once") == .violated)
        maker.setHeader(0, name)
        #expect(maker.verdict("headers.present-once")?.summary == "The header \(name) is missing.")
    }

    @Test func `are violated by another fixed value or a counter that is no number`() throws {
        var maker = try HistoryMaker.delivered {
            $0.headers.append(HeaderTerms(name: "X-Fixed", value: SampleContract.stated(.literal("yes"))))
        }
        #expect(maker.outcome("headers.present-once") == .held)
        maker.setHeader(0, "X-Fixed", "no")
        #expect(maker.outcome("headers.present-once") == .violated)
        maker.setHeader(0, "X-Fixed", "yes")
        maker.setHeader(0, "X-Attempt", "first")
        #expect(maker.outcome("headers.present-once") == .violated)
    }

    @Test func `do not ask for a signature where there is no secret`() throws {
        let maker = try HistoryMaker.delivered(endpoints: [HistoryMaker.endpoint("main", hasSecret: false)])
        #expect(maker.history.attempts[0].arrived.values(of: "X-Signature").isEmpty)
        #expect(maker.outcome("headers.present-once") == .held)
    }

    @Test func `are violated by a header that is promised to be absent`() throws {
        var maker = try HistoryMaker.delivered {
            $0.headers.append(HeaderTerms(name: "X-Never", value: Clause(standing: .none)))
        }
        #expect(maker.outcome("headers.present-once") == .held)
        maker.setHeader(0, "X-Never", "x")
        #expect(maker.outcome("headers.present-once") == .violated)
    }

    @Test func `report unstated headers with what was seen`() throws {
        let maker = try HistoryMaker.delivered { $0.headers = [] }
        #expect(maker.outcome("headers.present-once") == .unstated)
        #expect(maker.verdict("headers.present-once")?.summary.contains("Content-Length") == true)
        #expect(maker.outcome("headers.user-agent") == .unstated)
        #expect(maker.outcome("body.content-type") == .held)
    }

    @Test func `are violated by another user agent`() throws {
        var maker = try HistoryMaker.delivered()
        maker.setHeader(0, "User-Agent", "curl/8.0")
        #expect(maker.outcome("headers.user-agent") == .violated)
        maker.setHeader(0, "User-Agent")
        #expect(maker.outcome("headers.user-agent") == .violated)
    }

    @Test func `allow parameters of the media type and nothing else`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "Content-Type", "Application/JSON; charset=utf-8")
        #expect(other.outcome("body.content-type") == .held)
        other.setHeader(0, "Content-Type", "application/jsonp")
        #expect(other.outcome("body.content-type") == .violated)
        other.setHeader(0, "Content-Type", "application/json", "application/json")
        #expect(other.outcome("body.content-type") == .violated)
        other = maker
        other.setBody(0, Array(#"{"event":"thing.created",}"#.utf8))
        #expect(other.outcome("body.content-type") == .violated)
    }

    @Test func `report an unstated media type and format`() throws {
        let maker = try HistoryMaker.delivered {
            $0.headers = []
            $0.body.format = .unstated
        }
        #expect(maker.outcome("body.content-type") == .unstated)
    }

    @Test func `read a form with bracketed names`() throws {
        var maker = try HistoryMaker.delivered { contract in
            contract.body.format = SampleContract.stated(.form)
            let index = contract.headers.firstIndex { $0.name == "Content-Type" } ?? 0
            contract.headers[index].value = SampleContract.stated(.mediaType("application/x-www-form-urlencoded"))
        }
        #expect(maker.outcome("body.content-type") == .violated)
        let times = "occurredAt=2026-03-03T14%3A00%3A01.000Z&sentAt=2026-03-03T14%3A00%3A01.000Z"
        let thing = "thing%5Bname%5D=%C3%9Cmlaut&thing[count]=12.50&reference=unique-e1"
        maker.setBody(0, Array("event=thing.created&id=id-of-e1&\(thing)&\(times)".utf8))
        for check: CheckID in ["body.content-type", "body.preserved", "body.schema", "body.times", "event.name-agrees"]
        {
            #expect(maker.outcome(check) == .held, "\(check)")
        }
        for broken in ["a[=1", "a=1&a=2", "a=%zz", "a"] {
            maker.setBody(0, Array(broken.utf8))
            #expect(maker.outcome("body.content-type") == .violated, "\(broken)")
            #expect(maker.outcome("body.schema") == .violated, "\(broken)")
        }
    }
}
