import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Verdicts` {
    @Test func `come in the catalogue's order, once for each check`() throws {
        let ids = try HistoryMaker.retried().judged().verdicts.map(\.check)
        let order = CheckCatalogue.all.map(\.description.id)
        #expect(ids == order.filter(ids.contains))
        #expect(Set(ids).count == ids.count)
    }

    @Test func `let the worst outcome win`() throws {
        var maker = try HistoryMaker.retried()
        maker.setHeader(1, "User-Agent", "curl/8.0")
        let verdict = try #require(maker.verdict("headers.user-agent"))
        #expect(verdict.outcome == .violated)
        #expect(verdict.subject == "main · e1 #2")
        #expect(verdict.details.last == "Elsewhere in the scenario: 2 held.")
        #expect(verdict.source == "Sample Webhooks, section 1")
        #expect(verdict.file == "Scenarios/sample/contract.yaml")
        #expect(verdict.position == SourcePosition(line: 3, column: 5))
        #expect(maker.judged().overall == .violated)
    }

    @Test func `say how many findings they merge`() throws {
        let verdict = try #require(try HistoryMaker.retried().verdict("headers.user-agent"))
        #expect(verdict.summary == "User-Agent is 'Sample-Webhook/1.0'. (and 2 more)")
    }

    @Test func `are one short visible line, whatever the evidence says`() throws {
        var maker = try HistoryMaker.delivered()
        let nasty = String(repeating: "\u{1B}[31m\n\u{202E}Ω", count: 5000)
        maker.setHeader(0, "User-Agent", nasty)
        maker.doctor(0) { $0.malformed = nil }
        maker.contract.transport.method = SampleContract.stated("POST")
        maker.doctor(0) { $0.method = nasty }
        for verdict in maker.judged().verdicts {
            #expect(verdict.summary.count <= Verdict.longestSummary)
            #expect(verdict.details.count <= Verdict.mostDetails)
            for line in [verdict.summary] + verdict.details {
                #expect(!line.contains("\n") && !line.contains("\u{1B}") && !line.contains("\u{202E}"))
            }
        }
    }

    @Test func `hold nothing for proven when the scenario failed`() throws {
        var maker = try HistoryMaker.delivered()
        maker.setHeader(0, "User-Agent", "curl/8.0")
        maker.history.failure = HarnessFailed(component: "dispatcher", message: "it ended with exit 1")
        let judged = maker.judged()
        #expect(judged.verdict(of: "headers.user-agent")?.outcome == .violated)
        #expect(judged.verdict(of: "request.length")?.outcome == .inconclusive)
        #expect(judged.overall == .violated)
        #expect(judged.failure?.component == "dispatcher")
        maker.setHeader(0, "User-Agent", "Sample-Webhook/1.0")
        #expect(maker.judged().overall == .inconclusive)
    }

    @Test func `have no occasion in an empty run`() throws {
        let maker = HistoryMaker(contract: try SampleContract.make())
        #expect(maker.judged().overall == .inconclusive || !maker.judged().verdicts.isEmpty)
        #expect(!maker.judged().verdicts.contains { $0.outcome == .violated })
    }

    @Test func `mark what is only inferred`() throws {
        let maker = try HistoryMaker.delivered {
            $0.transport.method = SampleContract.inferred("POST", why: "every example is a POST")
        }
        var doctored = maker
        doctored.doctor(0) { $0.method = "GET" }
        let verdict = try #require(doctored.verdict("request.method-and-target"))
        #expect(verdict.summary.hasSuffix("(inferred)"))
        #expect(verdict.inferredBecause == "every example is a POST")
    }
}

@Suite struct `Hostile evidence` {
    private static let stamps: [Int64] = [.min, -1, 0, .max]

    @Test(
        arguments: stamps,
        [[UInt8]](
            [
                [], [0xFF, 0xFE, 0x00], Array(String(repeating: "[", count: 5000).utf8),
                Array("a[b]=1&a=2&[]=3&]=[".utf8),
            ]
        )
    )
    func `gives verdicts and no trap`(stamp: Int64, body: [UInt8]) throws {
        var maker = try HistoryMaker.retried()
        maker.change("main", .enabled, at: .seconds(1))
        maker.kill(at: .seconds(5), restart: .seconds(6))
        let moment = Stamp(nanoseconds: stamp)
        for index in maker.history.attempts.indices {
            maker.setBody(index, body)
            maker.doctor(index) { arrived in
                arrived.firstByte = moment
                arrived.headEnd = Stamp(nanoseconds: stamp == .min ? .max : .min)
                arrived.bodyEnd = moment
                arrived.attempt = 1
                arrived.connection = -1
                arrived.ordinal = .min
                arrived.headers += [
                    HeaderLine(name: "Content-Length", value: "99999999999999999999"), HeaderLine(name: "", value: ""),
                ]
            }
            maker.history.attempts[index].ended?.answerEnded = Stamp(nanoseconds: .min)
            maker.history.attempts[index].connectionClosing?.at = Stamp(nanoseconds: .max)
        }
        maker.history.emissions[0].at = moment
        maker.history.emissions[0].value.asked = Stamp(nanoseconds: .max)
        maker.history.emissions[0].value.payload = Bytes(body)
        maker.history.emissions.append(maker.history.emissions[0])
        maker.history.emissions[1].value.again = "e1"
        maker.history.changes[0].value.asked = moment
        maker.history.lives[0].signals[0].at = moment
        maker.history.stalls = [Timed(at: moment, value: HostStalled(began: Stamp(nanoseconds: .min)))]
        maker.history.clock.forced = [ForcedTime(span: Stamp(nanoseconds: .min)...moment, steps: .max)]
        maker.history.clock.forced.append(ForcedTime(span: moment...Stamp(nanoseconds: .max), steps: .min))
        maker.history.clock.doubts = [Timed(at: moment, value: ClockDoubted(what: "?"))]
        maker.history.clock.idle = [Timed(at: moment, value: ClockIdle(why: "?"))]
        maker.history.observation?.at = moment
        maker.history.startedAt = "yesterday"
        #expect(!maker.judged().verdicts.isEmpty)
        maker.history.observation = nil
        maker.contract.body.format = SampleContract.stated(.form)
        #expect(!maker.judged().verdicts.isEmpty)
    }
}
