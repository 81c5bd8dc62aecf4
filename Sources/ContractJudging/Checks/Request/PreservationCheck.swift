import DeliveryEvidence
import Notation
import WebhookContracts

/// R13: what the event says arrives as it was said.
enum PreservationCheck {
    private static let basis = Basis(
        inferredBecause: "a delivery that changes the data it reports is of no use to any of its receivers"
    )

    static let check = Check(
        "body.preserved",
        codes: ["R13"],
        title: "Every value of the event arrives as it was handed over, in the same order.",
        asks: """
            Texts arrive with the same characters and numbers with the same digits. Fields that the dispatcher fills, drops \
            or replaces by contract are left out.
            """
    ) { context in
        // A retry and another endpoint get the same body, which is as right or wrong there.
        var known: [Pair: Finding?] = [:]
        return context.attempts.compactMap { attempt -> Finding? in
            guard attempt.isWhole, let body = attempt.body.value, !attempt.arrived.bodyRedacted,
                let emission = context.emission(of: attempt), let payload = emission.payload
            else { return nil }
            let pair = Pair(emission: emission.number, body: attempt.bodyNumber)
            let found = known[pair] ?? judge(payload, body, attempt, emission, context)
            known[pair] = .some(found)
            guard var finding = found else { return nil }
            finding.subject = context.subject(of: attempt)
            return finding
        }
    }

    private struct Pair: Hashable {
        var emission: Int
        var body: Int
    }

    /// The values of an event that have to arrive as they were handed over.
    static func owed(of payload: JSONValue, type: String, _ contract: Contract) -> [BodyLeaf] {
        let exempt = Exemptions(contract: contract, type: type)
        return BodyLeaf.all(of: payload).filter { !exempt.covers($0.pointer) }
    }

    private static func judge(
        _ payload: JSONValue,
        _ body: JSONValue,
        _ attempt: AttemptView,
        _ emission: EmissionView,
        _ context: JudgingContext
    ) -> Finding? {
        let given = owed(of: payload, type: emission.type, context.contract)
        guard !given.isEmpty else { return nil }
        let isForm = attempt.body.format == .form
        let exempt = Exemptions(contract: context.contract, type: emission.type)
        var problems: [String] = []
        for leaf in given {
            guard let came = body[leaf.pointer] else {
                // A form has no way to write a list or an object without anything in it.
                if isForm, leaf.value.items != nil || leaf.value.members != nil { continue }
                if exempt.wentWithForbidden(leaf.pointer, of: payload, in: body) { continue }
                problems.append("\(leaf.pointer.text) is missing")
                continue
            }
            // A form has no numbers but texts of them, which `body.decimals` compares.
            if isForm, case .number = leaf.value { continue }
            let isSame = isForm ? BodyLeaf(pointer: leaf.pointer, value: came).text == leaf.text : came == leaf.value
            if !isSame {
                problems.append("\(leaf.pointer.text) is \(came.compact().quoted), not \(leaf.value.compact().quoted)")
            }
        }
        let subject = context.subject(of: attempt)
        if let first = problems.first {
            let details = problems.dropFirst().prefix(9).map { "Also \($0)." }
            return .violated(subject, "The event's data was changed: \(first).", details: details, by: basis)
        }
        let order = Set(given.map(\.pointer))
        let cameInOrder = BodyLeaf.all(of: body).map(\.pointer).filter(order.contains)
        let wasInOrder = given.map(\.pointer).filter(Set(cameInOrder).contains)
        if let place = zip(wasInOrder, cameInOrder).first(where: { $0 != $1 }) {
            return .violated(
                subject,
                "The event's fields came in another order: \(place.1.text) stands where \(place.0.text) did.",
                by: basis
            )
        }
        return .held(subject, "All \(given.count) values of the event arrived as they were.", by: basis)
    }
}

/// The fields that need not arrive as they were handed over.
private struct Exemptions {
    private var owned: Set<[String]> = []
    private var droppable: [[String]] = []
    private var forbidden: Set<String> = []

    init(contract: Contract, type: String) {
        for field in contract.body.fields where field.role != .subject { owned.insert(field.pointer.tokens) }
        droppable += contract.body.conditional.compactMap(\.value?.pointer.tokens)
        droppable += contract.body.watched.compactMap(\.value?.list.tokens)
        droppable += contract.body.substitutes.compactMap(\.value).filter { $0.event == type }.map(\.pointer.tokens)
        for rule in contract.body.forbidden.compactMap(\.value) where rule.events.contains(type) {
            forbidden.formUnion(rule.names.map { $0.lowercased() })
        }
    }

    func covers(_ pointer: JSONPointer) -> Bool {
        owned.contains(pointer.tokens) || droppable.contains { pointer.tokens.starts(with: $0) }
            || pointer.tokens.contains { forbidden.contains($0.lowercased()) }
    }

    /// Whether `pointer` leads into an object that held forbidden data and was left out with everything in it.
    ///
    /// A dispatcher may take the object for the forbidden thing: a contract forbids what is told, and names the members
    /// that it is usually told by. The envelope's own members are never excused so.
    func wentWithForbidden(_ pointer: JSONPointer, of payload: JSONValue, in body: JSONValue) -> Bool {
        (2..<max(2, pointer.tokens.count)).contains { length in
            let object = JSONPointer(tokens: Array(pointer.tokens.prefix(length)))
            let members = payload[object]?.members ?? []
            return body[object] == nil && members.contains { forbidden.contains($0.name.lowercased()) }
        }
    }
}
