import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Checks of transport` {
    private func untouched(
        _ identity: ReceiverIdentity,
        _ change: (inout Contract) -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: [HistoryMaker.endpoint("main", identity: identity)])
        maker.emit()
        return maker
    }

    @Test func `hold when nothing goes to an http URL`() throws {
        #expect(try untouched(.plain).outcome("transport.https-only") == .held)
    }

    @Test func `hold when the http URL is refused`() throws {
        var maker = try untouched(.plain)
        maker.history.registrations[0].value.accepted = false
        #expect(maker.verdict("transport.https-only")?.summary == "The dispatcher refused the http:// URL.")
    }

    @Test func `are violated by a request to an http URL`() throws {
        var maker = try untouched(.plain)
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("transport.https-only") == .violated)
    }

    @Test func `prove nothing about an http URL when the observation ended early`() throws {
        var maker = try untouched(.plain)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("transport.https-only") == .inconclusive)
    }

    @Test func `report an unstated scheme with what was seen`() throws {
        var maker = try untouched(.plain) { $0.transport.scheme = .unstated }
        maker.attempt("e1", at: .seconds(2))
        let verdict = maker.verdict("transport.https-only")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary.contains("1 requests") == true)
    }

    @Test func `have no occasion behind an https URL`() throws {
        let maker = try HistoryMaker.delivered()
        #expect(maker.verdict("transport.https-only") == nil)
        #expect(maker.verdict("transport.certificates") == nil)
    }

    @Test(arguments: [ReceiverIdentity.selfSigned, .expired, .wrongHost])
    func `tell a refused certificate from one that was taken`(identity: ReceiverIdentity) throws {
        var maker = try untouched(identity)
        let opened = ConnectionOpened(connection: 1, endpoint: "main", peer: "127.0.0.1:50000")
        var connection = ConnectionHistory(opened: Timed(at: Stamp(sinceStart: .seconds(2)), value: opened))
        let failed = HandshakeFailed(connection: 1, reason: "bad certificate")
        connection.handshakeFailed = Timed(at: Stamp(sinceStart: .seconds(2)), value: failed)
        maker.history.connections = [connection]
        #expect(maker.outcome("transport.certificates") == .held)

        maker.attempt("e1", at: .seconds(3))
        #expect(maker.outcome("transport.certificates") == .violated)
        maker.contract.transport.certificates = .unstated
        #expect(maker.outcome("transport.certificates") == .unstated)
    }

    @Test func `are violated by bytes after a handshake even without a whole request`() throws {
        var maker = try untouched(.expired)
        maker.attempt("e1", at: .seconds(3))
        maker.history.attempts = []
        #expect(maker.outcome("transport.certificates") == .violated)
    }

    @Test func `prove nothing about a certificate nobody looked at`() throws {
        #expect(try untouched(.expired).outcome("transport.certificates") == .inconclusive)
    }

    @Test func `hold for the right method, target and host`() throws {
        #expect(try HistoryMaker.delivered().outcome("request.method-and-target") == .held)
    }

    @Test func `are violated by another method, target or host`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.doctor(0) { $0.method = "PUT" }
        #expect(other.verdict("request.method-and-target")?.summary == "The method is 'PUT'; POST is promised.")
        other = maker
        other.doctor(0) { $0.target = "/hooks/main?a=c&a=b" }
        #expect(other.outcome("request.method-and-target") == .violated)
        other = maker
        other.setHeader(0, "Host", "localhost:1")
        #expect(other.outcome("request.method-and-target") == .violated)
        other.setHeader(0, "Host")
        #expect(other.outcome("request.method-and-target") == .violated)
    }

    @Test func `judge the target even where the method is unstated`() throws {
        var maker = try HistoryMaker.delivered { $0.transport.method = .unstated }
        #expect(maker.outcome("request.method-and-target") == .held)
        maker.doctor(0) { $0.target = "/" }
        #expect(maker.outcome("request.method-and-target") == .violated)
        maker.history.registrations = []
        maker.history.endpoints = []
        #expect(maker.outcome("request.method-and-target") == .unstated)
    }

    @Test func `hold for one right length`() throws {
        let maker = try HistoryMaker.delivered()
        #expect(maker.outcome("request.length") == .held)
        var chunked = maker
        chunked.setHeader(0, "Content-Length")
        chunked.setHeader(0, "Transfer-Encoding", "chunked")
        #expect(chunked.outcome("request.length") == .held)
    }

    @Test(arguments: [["1"], ["5", "5"], [], ["-1"], ["five"]])
    func `are violated by a wrong, doubled or missing length`(lengths: [String]) throws {
        var maker = try HistoryMaker.delivered()
        maker.doctor(0) { arrived in
            arrived.headers.removeAll { $0.name == "Content-Length" }
            arrived.headers += lengths.map { HeaderLine(name: "Content-Length", value: $0) }
        }
        #expect(maker.outcome("request.length") == .violated)
    }

    @Test func `are violated by both forms of length and by a malformed request`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "Transfer-Encoding", "chunked")
        #expect(other.outcome("request.length") == .violated)
        other = maker
        other.doctor(0) { $0.malformed = "the head has no end" }
        #expect(other.outcome("request.length") == .violated)
    }

    @Test func `name the mistake of counting characters`() throws {
        var maker = try HistoryMaker.delivered()
        let characters = maker.history.attempts[0].arrived.body.text.unicodeScalars.count
        maker.setHeader(0, "Content-Length", "\(characters)")
        let details = maker.verdict("request.length")?.details ?? []
        #expect(details.contains { $0.contains("number of characters") })
    }
}
