import DeliveryScenarios
import NIOCore

extension Reply {
    /// Says that it begins before the request's body is read.
    var beginsAtHead: Bool {
        if slowRead != nil { return true }
        return switch self {
        case .respond(let response): response.early
        case .fault(let fault):
            switch fault.at {
            case .head, .requestBody: true
            default: false
            }
        }
    }
}

extension RequestInProgress {
    /// Refuses a reply whose moment has passed when the request is complete.
    ///
    /// - Throws: `Impossible` with the way out.
    func checkMoment(of reply: Reply) throws(AnswerPlan.Impossible) {
        guard bodyEnd != nil, reply.beginsAtHead else { return }
        let isAtHead = claim?.isAtHead == true
        if isAtHead, reply.slowRead != nil { return }
        if isAtHead, case .fault(let fault) = reply, case .requestBody = fault.at {
            throw AnswerPlan.Impossible(
                reason: "the request's body has only \(body.readableBytes) bytes. Choose a point that lies inside it"
            )
        }
        throw AnswerPlan.Impossible(
            reason: "what identifies the delivery, or chooses its rule, stands in the body. Use a header instead, or"
                + " let it happen after the request"
        )
    }
}
