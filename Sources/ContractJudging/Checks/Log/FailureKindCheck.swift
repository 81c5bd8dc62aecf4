import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// V4: who reads the log can tell a timeout from a reset, a refused connection and a failed handshake.
enum FailureKindCheck {
    static let check = Check(
        "log.failure-kinds",
        codes: ["V4"],
        title: "The log tells the kinds of failure without an answer apart.",
        asks: """
            In a scenario with endpoints that fail in different ways, the log's words for them differ from kind to kind, and are \
            never missing. Numbers in them, such as ports, do not make a difference.
            """
    ) { context in
        let clause = context.contract.deliveryLog
        let log = DeliveryLogIndex(context)
        guard log.isAvailable else { return [] }
        var words: [FailureKind: Set<String>] = [:]
        var silent: [String] = []
        for delivery in context.deliveries {
            guard let kind = FailureKind(of: delivery.endpoint), let records = log.records(of: delivery) else {
                continue
            }
            for entry in records.flatMap(\.attempts)
            where entry.responseCode == nil && log.outcome(of: entry) == .failed {
                let text = said(by: entry)
                if text.isEmpty { silent.append(delivery.subject) }
                words[kind, default: []].insert(text)
            }
        }
        let kinds = words.keys.sorted { $0.rawValue < $1.rawValue }
        guard kinds.count > 1 else { return [] }
        let same = kinds.enumerated().flatMap { index, kind in
            kinds[(index + 1)...].filter { !(words[kind] ?? []).isDisjoint(with: words[$0] ?? []) }.map { (kind, $0) }
        }
        let names = kinds.map(\.rawValue).joined(separator: ", ")
        guard clause.value?.attempt.contains(.failureKind) == true else {
            let saw = same.isEmpty && silent.isEmpty ? "the log tells them apart" : "the log does not tell them apart"
            return [.unstated(nil, "That the log tells kinds of failure apart is not stated; of \(names), \(saw).")]
        }
        if let subject = silent.first {
            return [.violated(subject, "The log does not say how the attempt failed.", by: clause.basis)]
        }
        if let (left, right) = same.first {
            let shared = (words[left] ?? []).intersection(words[right] ?? []).min() ?? ""
            let text = "The log says \(shared.quoted) of a \(left.rawValue) and of a \(right.rawValue) alike."
            return [.violated(nil, text, by: clause.basis)]
        }
        return [.held(nil, "The log tells \(names) apart.", by: clause.basis)]
    }

    /// The log's words for a failure; digits stand for nothing but where and when it was.
    private static func said(by entry: LoggedAttempt) -> String {
        let texts = [entry.outcome, entry.error].compactMap(\.self)
        return texts.joined(separator: ": ").lowercased().filter { !$0.isNumber && !$0.isWhitespace }
    }
}

/// A way in which every attempt without an answer fails at an endpoint.
enum FailureKind: String {
    case timeout
    case reset
    case refused = "refused connection"
    case tls = "failed handshake"
    case name = "name that does not resolve"

    /// What the endpoint's script makes of attempts; `nil` when they can fail in several ways, or are answered.
    init?(of endpoint: EndpointView) {
        guard let scripted = endpoint.scenario, scripted.script.rules.isEmpty, scripted.script.interruptions.isEmpty
        else {
            return nil
        }
        if scripted.identity.mustBeRefused {
            self = .tls
            return
        }
        let kinds = Set(scripted.script.replies.compactMap(Self.kind))
        let isClear = scripted.script.replies.allSatisfy { reply in
            if case .respond(let response) = reply {
                response.after == .zero && response.holdBody == .zero
            } else {
                Self.kind(of: reply) != nil
            }
        }
        guard isClear, kinds.count == 1, let kind = kinds.first else { return nil }
        self = kind
    }

    private static func kind(of reply: Reply) -> FailureKind? {
        guard case .fault(let fault) = reply else { return nil }
        switch (fault.kind, fault.at) {
        case (.refuse, _): return .refused
        case (.hang, .request), (.hang, .head), (.blackhole, _): return .timeout
        case (.reset, .request), (.reset, .head): return .reset
        case (.expired, _), (.notYetValid, _), (.selfSigned, _), (.unknownAuthority, _), (.wrongHost, _),
            (.handshakeAbort, _):
            return .tls
        default: return nil
        }
    }
}
