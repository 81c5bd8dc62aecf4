import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Makes the lines that tell of what happens.
struct ReceiveTeller: Sendable {
    enum Form {
        case text
        /// One JSON object a line.
        case json
    }

    let form: Form
    let screen: ReceiveScreen
    let time: ShownTime
    let redactor: Redactor
    let contract: Contract?
    let signatures: ContractSignatures?
    let scripts: CurrentScripts
    /// There are several, so that lines name theirs.
    let namesEndpoints: Bool

    /// The lines of a batch.
    func lines(_ batch: [ReceiveTelling]) -> [String] {
        // Explanations are dear, and when a crowd waits nobody reads them.
        let isExplained = batch.count <= 16
        return batch.flatMap { lines($0, isExplained: isExplained) }
    }

    private func lines(_ telling: ReceiveTelling, isExplained: Bool) -> [String] {
        switch telling {
        case .request(let request):
            let arrived = request.arrived
            // Judged by what came, shown without the secrets in it.
            let finding = signatures.flatMap { signatures in
                arrived.malformed == nil && arrived.bodyEnd != nil
                    ? signatures.finding(headers: arrived.headers, body: arrived.body.bytes, isExplained: isExplained)
                    : nil
            }
            let shown = RequestTelling(
                arrived: redacted(arrived),
                at: request.at,
                ordinal: request.ordinal,
                gap: request.gap
            )
            let facts = RequestFindings(
                request: shown,
                body: BodySummary(of: shown.arrived, contract: contract),
                signature: finding,
                coming: coming(arrived)
            )
            return form == .json ? [json(facts).line] : text(facts).map(written)
        case .answer(let answer):
            return form == .json ? [json(answer).line] : [written(text(answer))]
        case .fault(let fault, let at):
            return form == .json ? [json(fault, at).line] : [written(text(fault, at))]
        case .connection(let connection):
            return form == .json ? [json(connection).line] : [written(text(connection))]
        case .failure(let message, let at):
            return form == .json ? [json(failure: message, at).line] : [written(text(failure: message, at))]
        case .notice(let notice):
            if form == .json { return [notice.json.line] }
            // Ours, and to be copied from: it is not cut.
            return notice.lines.map { $0.text(width: .max, isColored: screen.isColored) }
        case .untold(let count):
            return form == .json ? [json(untold: count).line] : [written(text(untold: count))]
        }
    }

    /// A line as it is written to the terminal.
    func written(_ line: ShownLine) -> String {
        line.text(width: screen.width, isColored: screen.isColored)
    }

    private func redacted(_ arrived: AttemptArrived) -> AttemptArrived {
        guard case .attemptArrived(let safe) = redactor.redacted(.attemptArrived(arrived)) else { return arrived }
        return safe
    }

    /// What the request is going to get, when that takes time or is no plain answer.
    private func coming(_ arrived: AttemptArrived) -> String? {
        guard let place = arrived.place.flatMap(ReplyPlace.init(text:)),
            let reply = scripts.script(of: arrived.endpoint)?.reply(at: place), !reply.isPrompt
        else { return nil }
        return reply.summary
    }
}

/// Everything that is told of a request when it comes.
struct RequestFindings {
    let request: RequestTelling
    let body: BodySummary
    /// `nil` when there is no contract, or no whole request.
    let signature: ReceivedSignature?
    /// What it is going to get, when that takes time.
    let coming: String?
}

extension Reply {
    /// Says that nobody has to wait to see what it does.
    fileprivate var isPrompt: Bool {
        switch self {
        case .respond(let response): return response.isPrompt
        case .fault(let fault):
            let lingers: Set<Fault.Kind> = [.hang, .halfClose, .endless, .slowRead, .ambiguousAck]
            return fault.after == .zero && !lingers.contains(fault.kind) && fault.answer.isPrompt
        }
    }
}

extension Response {
    fileprivate var isPrompt: Bool {
        after == .zero && spread == nil && holdHeaders == .zero && holdBody == .zero && drip == nil && slowRead == nil
            && interim.allSatisfy { $0.after == .zero }
    }
}
