import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// R17: headers that an endpoint's owner configures never stand in for the contract's, and bring no others along.
enum ConfiguredHeaderCheck {
    static let check = Check(
        "headers.contract-wins",
        codes: ["R17"],
        title:
            "A header that an endpoint's owner configures never replaces one of the contract's, nor breaks the head.",
        asks: """
            A configured header with the name of one of the contract's, in any case, is refused or does not arrive; a value \
            with a line break is refused, or no line of the head begins with what stands after the break.
            """
    ) { context in
        context.endpoints.flatMap { endpoint -> [Finding] in
            guard let registration = endpoint.registration?.value, let headers = registration.headers, !headers.isEmpty
            else { return [] }
            guard registration.accepted else { return [refused(endpoint, headers, context)].compactMap(\.self) }
            return context.attempts.filter { $0.arrived.endpoint == endpoint.name && $0.arrived.malformed == nil }
                .flatMap { attempt in headers.map { judge($0, attempt, context) } }
        }
    }

    /// The names that belong to the contract, in lower case.
    private static func reserved(_ contract: Contract) -> Set<String> {
        let signature = contract.signature.header.value.map { [$0.lowercased()] } ?? []
        return Set(contract.headers.map { $0.name.lowercased() } + signature)
    }

    private static func isBroken(_ header: HeaderLine) -> Bool {
        (header.name + header.value).unicodeScalars.contains { $0 == "\r" || $0 == "\n" || $0 == "\0" }
    }

    private static func refused(
        _ endpoint: EndpointView,
        _ headers: [HeaderLine],
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.endpoint.customHeaders
        let reserved = reserved(context.contract)
        let awkward = headers.first { isBroken($0) || reserved.contains($0.name.lowercased()) }
        guard let awkward else {
            let names = headers.map { VisibleText.of($0.name, atMost: 60) }.joined(separator: ", ")
            guard clause.value == true else {
                return .unstated(endpoint.name, "Headers of an owner's own are not stated; \(names) were refused.")
            }
            return .violated(
                endpoint.name,
                "The endpoint was refused with the harmless headers \(names).",
                by: clause.basis
            )
        }
        let what = isBroken(awkward) ? "A value with a line break" : "A header named as the contract's"
        guard clause.value == true else {
            return .unstated(
                endpoint.name,
                "Headers of an owner's own are not stated; \(awkward.name.quoted) was refused."
            )
        }
        return .held(endpoint.name, "\(what) (\(awkward.name.quoted)) was refused.", by: clause.basis)
    }

    private static func judge(_ header: HeaderLine, _ attempt: AttemptView, _ context: JudgingContext) -> Finding {
        let clause = context.contract.endpoint.customHeaders
        let subject = context.subject(of: attempt)
        let came = attempt.arrived.values(of: header.name)
        let name = header.name.quoted
        if isBroken(header) { return broken(header, attempt, subject, clause) }
        guard reserved(context.contract).contains(header.name.lowercased()) else {
            let isThere = came.contains { $0.isSameBytes(as: header.value) }
            guard clause.value == true else {
                return .unstated(
                    subject,
                    "Headers of an owner's own are not stated; \(name) \(isThere ? "came" : "did not")."
                )
            }
            return isThere
                ? .held(subject, "The owner's header \(name) came.", by: clause.basis)
                : .violated(subject, "The owner's header \(name) did not come.", by: clause.basis)
        }
        guard came.contains(where: { $0.isSameBytes(as: header.value) }) else {
            guard clause.value == true else {
                return .unstated(subject, "Headers of an owner's own are not stated; the contract's \(name) won.")
            }
            return .held(subject, "The contract's \(name) came, and not the owner's.", by: clause.basis)
        }
        let basis =
            clause.value == true
            ? clause.basis
            : context.contract.headers.first { $0.name.lowercased() == header.name.lowercased() }?.value.basis
        let how = came.count == 1 ? "in place of" : "beside"
        return .violated(subject, "The owner's \(name) came \(how) the contract's.", by: basis ?? Basis())
    }

    /// A line break in what an owner configures must not begin a line of the head, whatever is promised of such headers.
    private static func broken(
        _ header: HeaderLine,
        _ attempt: AttemptView,
        _ subject: String,
        _ clause: Clause<Bool>
    ) -> Finding {
        let basis =
            clause.value == true
            ? clause.basis : Basis(inferredBecause: "no owner may write lines into somebody's request")
        let fragments = header.value.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
        let lines =
            attempt.arrived.headers.map { "\($0.name): \($0.value)" }
            + attempt.arrived.head.text.split(whereSeparator: \.isNewline).map(String.init)
        if let found = fragments.first(where: { fragment in lines.contains { $0.hasPrefix(fragment) } }) {
            return .violated(subject, "A line of the head comes from an owner's header: \(found.quoted).", by: basis)
        }
        return .held(subject, "A line break in an owner's header did not reach the head.", by: basis)
    }
}
