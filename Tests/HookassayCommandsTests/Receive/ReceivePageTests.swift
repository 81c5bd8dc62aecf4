import CurlTransport
import DeliveryEvidence
import Foundation
import Notation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `The page of receive` {
    /// What the page's port answers.
    private static func call(
        _ method: String,
        _ url: String,
        _ body: String = ""
    ) async throws -> (status: Int, text: String) {
        let transport = try CurlTransport()
        let request = TransferRequest(
            method: method,
            url: url,
            headers: [HeaderField("Content-Type", "application/json")],
            body: Array(body.utf8),
            totalLimit: .seconds(60)
        )
        let outcome: Result<TransferResponse, any Error>
        do {
            outcome = .success(try await transport.send(request))
        } catch {
            outcome = .failure(error)
        }
        await transport.shutDown()
        let response = try outcome.get()
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test func `shows the receiver and can give it another script`() async throws {
        try await withTemporaryFolder { folder in
            let taken = try #require(FreePort()).number
            let run = try await ReceiverAtDesk.run(
                ["--script", "500", "--control-port", "\(taken)"],
                hasPage: true,
                in: folder
            ) { receiver throws in
                #expect(try await receiver.send() == 500)
                let page = "http://127.0.0.1:\(taken)"
                try await Self.waitForPage(page)
                let requests = try await Self.call("GET", page + "/api/endpoints/main/requests")
                #expect(requests.status == 200)
                #expect(requests.text.contains("evt_1"), "\(requests.text)")
                let evidence = try await Self.call("GET", page + "/api/endpoints/main/evidence")
                #expect(evidence.status == 200)
                #expect(evidence.text.hasPrefix(#"{"at":0"#), "\(evidence.text.prefix(200))")
                #expect(evidence.text.contains("attempt.arrived"))
                let change = try await Self.call("PUT", page + "/api/endpoints/main/script", #"{"script": "418"}"#)
                #expect((200...204).contains(change.status), "\(change)")
                #expect(try await receiver.send() == 418)
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.complaints == "")
            #expect(run.output.contains("page          http://127.0.0.1:\(taken)/\n"))
            #expect(
                run.output.contains("script        new, from the control API:\n              1: respond 418"),
                "\(run.output)"
            )
            #expect(run.output.contains("2 requests of 1 delivery: 1 answered 418, 1 answered 500"))
            #expect(try ReceiverAtDesk.history(in: folder).attempts.count == 2)
        }
    }

    private static func waitForPage(_ page: String) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                _ = try await call("GET", page + "/api/endpoints")
                return
            } catch  where ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}

/// A port that was free a moment ago.
private struct FreePort {
    let number: Int

    init?() {
        guard let occupied = OccupiedPort() else { return nil }
        number = occupied.number
    }
}
