package import CurlTransport
package import FoundationEssentials
import Notation
import WebhookContracts
import WebhookSigning

/// What an endpoint is asked before anything is delivered to it.
package enum EndpointQuestion: Sendable, Hashable {
    /// Whether it agrees to deliveries from this origin.
    case consent(origin: String)
    /// To send a challenge back.
    case challenge(String)
    /// To refuse a request that is signed with a key that nobody has.
    case wrongSignature

    /// The origin that a consent is asked for.
    package static let origin = "webhook-dispatcher.example"
}

extension AttemptSender {
    /// Asks an endpoint everything that the contract wants asked, and gives why it may not be delivered to; nil when it may.
    package func objection(to endpoint: Endpoint, at now: Date) async -> String? {
        for question in policy.questions(to: endpoint) {
            do {
                let request = try policy.request(asking: question, of: endpoint, at: now, settings: settings)
                let routed = try await settings.route.taken(by: request, policy: policy, guardedBy: settings.addresses)
                let answer = try await transport.send(routed)
                if let objection = policy.objection(to: answer, of: question) { return objection }
            } catch let error as TransferError {
                return "it could not be asked whether it wants deliveries: \(error.message)"
            } catch {
                return "it could not be asked whether it wants deliveries"
            }
        }
        return nil
    }
}

extension DispatchPolicy {
    /// Asks what the contract says.
    package func questions(to endpoint: Endpoint) -> [EndpointQuestion] {
        var questions: [EndpointQuestion] = []
        switch contract.endpoint.handshake.value {
        case .optionsConsent?: questions.append(.consent(origin: EndpointQuestion.origin))
        case .challengeEcho?: questions.append(.challenge(RandomID.make(prefix: "")))
        case nil: break
        }
        if contract.endpoint.signatureProbe.value == true, endpoint.secret != nil { questions.append(.wrongSignature) }
        return questions
    }

    /// Takes nothing for an agreement but the answer that the question asks for.
    package func objection(to answer: TransferResponse, of question: EndpointQuestion) -> String? {
        let isSuccess = (200...299).contains(answer.status)
        switch question {
        case .consent(let origin):
            let allowed = answer.headers.first(named: "WebHook-Allowed-Origin")
            return isSuccess && (allowed == "*" || allowed == origin)
                ? nil : "it did not allow deliveries from \(origin)"
        case .challenge(let challenge):
            return isSuccess && Self.hasEcho(of: challenge, answer.body) ? nil : "it did not send the challenge back"
        case .wrongSignature:
            return answer.status == 401 ? nil : "it did not refuse a wrong signature"
        }
    }

    /// The request that asks a question, under the limits and guards of every delivery.
    func request(
        asking question: EndpointQuestion,
        of endpoint: Endpoint,
        at now: Date,
        settings: SendingSettings
    ) throws(SigningError) -> TransferRequest {
        var asked = endpoint
        if question == .wrongSignature {
            asked.secret = SigningKey(EndpointKeys.draw(for: contract).secret)
            asked.former = nil
        }
        let event = AcceptedEvent(
            id: newEventID(),
            type: "",
            body: question.body(at: now),
            createdAt: now
        )
        let attempt = Attempt(
            deliveryID: RandomID.make(prefix: "ask_"),
            event: event,
            endpoint: asked,
            number: 1,
            startedAt: now,
            firstStartedAt: now
        )
        var request = try request(for: attempt, settings: settings)
        guard case .consent(let origin) = question else { return request }
        request.method = "OPTIONS"
        request.headers = [
            HeaderField("User-Agent", SilentContractDefaults.userAgent), HeaderField("WebHook-Request-Origin", origin),
        ]
        request.body = []
        return request
    }

    /// The challenge comes back as it is, or as the member of that name.
    private static func hasEcho(of challenge: String, _ body: [UInt8]) -> Bool {
        if body == Array(challenge.utf8) { return true }
        guard let members = try? JSONValue.parse(body).members else { return false }
        return members.first { $0.name == "challenge" }?.value.stringValue == challenge
    }
}

extension EndpointQuestion {
    /// The body of the request that asks it.
    fileprivate func body(at now: Date) -> [UInt8] {
        let members: KeyValuePairs<String, JSONValue?> =
            switch self {
            case .consent: [:]
            case .challenge(let challenge): ["type": .string("url_verification"), "challenge": .string(challenge)]
            case .wrongSignature:
                ["type": .string("endpoint.probe"), "timestamp": .string(TimeText.text(now, form: .utc))]
            }
        return Array(JSONValue.members(members).compact().utf8)
    }
}
