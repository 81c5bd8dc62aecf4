package import DeliveryEvidence
package import DeliveryScenarios
package import RunClocks
import Synchronization

/// Answers questions as scripted, and records each of them.
package final class NameBook: Sendable {
    private let network: ScenarioNetwork
    private let clock: any RunClock
    private let sink: any EvidenceSink
    private let turns = Mutex<[Key: Turn]>([:])

    private struct Key: Hashable {
        var name: String
        var type: UInt16
    }

    private struct Turn {
        var number = 0
        /// Who asked last, and with which number: the same again is the same question, sent once more.
        var asker = ""
        var id: UInt16 = 0
    }

    package init(_ network: ScenarioNetwork, clock: any RunClock, sink: any EvidenceSink) {
        self.network = network
        self.clock = clock
        self.sink = sink
    }

    /// The answer to a query; `nil` when there is none, by script or because it is no query.
    ///
    /// - Parameter asker: where it came from.
    package func reply(to message: [UInt8], from asker: String) -> [UInt8]? {
        guard let question = NameQuestion(message) else { return nil }
        guard let scripted = network.name(question.name) else {
            record(question, ["nxdomain"], turn: nil)
            return NameReply.bytes(to: question, .notFound)
        }
        let isAddress = [NameQuestion.version4, NameQuestion.version6].contains(question.type)
        let turn = isAddress ? turn(of: question, scripted.name, from: asker) : 1
        let answer = scripted.answer(inTurn: turn)
        switch answer {
        case .addresses(let all):
            let addresses = all.filter { $0.recordType == question.type }
            record(question, addresses.isEmpty ? ["none"] : addresses.map(\.description), turn: turn)
            return NameReply.bytes(to: question, .ok, addresses)
        case .notFound:
            record(question, ["nxdomain"], turn: turn)
            return NameReply.bytes(to: question, .notFound)
        case .serverFailure:
            record(question, ["servfail"], turn: turn)
            return NameReply.bytes(to: question, .serverFailure)
        case .silence:
            record(question, ["silence"], turn: turn)
            return nil
        }
    }

    /// Where a proxy finds a host: at the address itself, or at the scripted one that was asked for last.
    package func addresses(of host: String) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        if host.lowercased() == "localhost" { return ["127.0.0.1", "::1"].compactMap { IPAddress($0) } }
        guard let scripted = network.name(host) else { return [] }
        let turn = turns.withLock { turns in
            turns.filter { $0.key.name == scripted.name }.map(\.value.number).max() ?? 1
        }
        return scripted.answer(inTurn: turn).addresses
    }

    private func turn(of question: NameQuestion, _ name: String, from asker: String) -> Int {
        turns.withLock { turns in
            var turn = turns[Key(name: name, type: question.type)] ?? Turn()
            if turn.number == 0 || turn.asker != asker || turn.id != question.id { turn.number += 1 }
            turn.asker = asker
            turn.id = question.id
            turns[Key(name: name, type: question.type)] = turn
            return turn.number
        }
    }

    private func record(_ question: NameQuestion, _ answer: [String], turn: Int?) {
        let asked = NameAsked(name: question.name, question: question.typeName, answer: answer, turn: turn)
        sink.record(.nameAsked(asked), at: Stamp(sinceStart: clock.now.sinceStart))
    }
}

extension IPAddress {
    fileprivate var recordType: UInt16 { isVersion6 ? NameQuestion.version6 : NameQuestion.version4 }
}
