import Notation
import WebhookContracts

/// A reply has to be one that can be produced, and that an attempt can come to.
extension LintRun {
    mutating func checkScripts() {
        for endpoint in scenario.endpoints {
            for doubt in ScriptDoubt.all(of: endpoint) {
                add(doubt.severity, doubt.message, at: doubt.position(in: endpoint), help: doubt.help)
            }
            checkMoments(of: endpoint)
            checkReach(of: endpoint)
            checkSignatureRules(of: endpoint)
        }
    }

    /// What identifies the delivery has to be known by the time its reply begins.
    private mutating func checkMoments(of endpoint: ScenarioEndpoint) {
        let script = endpoint.script
        let keys = script.keys.isEmpty ? DeliveryKeys.sources(of: contract) : script.keys
        guard case .fields(let fields)? = keys.first, !script.isOneReply, !script.needsBody else { return }
        for (place, reply) in script.placed where reply.beginsAtHead {
            let names = fields.map(\.text).joined(separator: " and ")
            error(
                "\"\(reply.summary)\" begins before the body is read, and the contract identifies deliveries by \(names)"
                    + " in it, so nobody knows yet whose turn it is",
                at: endpoint.replyPositions[place] ?? endpoint.position,
                help: "let it be the only reply, or let it happen after the request"
            )
        }
    }

    /// A dispatcher that keeps its contract stops at success.
    private mutating func checkReach(of endpoint: ScenarioEndpoint) {
        let isRepeated = emissions.contains { $0.emission.again != nil }
        let hasKeys = !DeliveryKeys.sources(of: contract).isEmpty
        guard hasKeys, !isRepeated, !endsALife, contract.endpoint.activationDelivery.value != true,
            let turn = forecast.course(at: endpoint.name)?.unreached
        else { return }
        warning(
            "no attempt comes to this reply: the one before it is a success, and each delivery begins at the first",
            at: endpoint.replyPositions[ReplyPlace(item: .turn(turn))] ?? endpoint.position,
            help: "leave it out, or let the reply before it fail"
        )
    }

    private mutating func checkSignatureRules(of endpoint: ScenarioEndpoint) {
        guard !endpoint.hasSecret else { return }
        for rule in endpoint.script.rules where rule.pattern.signature != nil {
            warning(
                "the rule `\(rule.name)` never applies: without a secret no signature can be judged",
                at: endpoint.replyPositions[ReplyPlace(rule: rule.name, item: .turn(1))] ?? endpoint.position,
                help: "leave out `secret: false`, or `signature`"
            )
        }
    }
}

extension ReplyScript {
    /// Says that every request gets the same reply, whichever its delivery is.
    fileprivate var isOneReply: Bool {
        let replies = turns.map(\.reply).filter { !$0.happensToConnection }
        return rules.isEmpty && handshakes.isEmpty && interruptions.isEmpty
            && replies.allSatisfy { $0 == replies.first }
    }
}
