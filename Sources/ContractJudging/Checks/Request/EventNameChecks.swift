import WebhookContracts

/// R1, R2 and R4: an event is called by its name, everywhere by the same, and without stray quotes.
enum EventNameChecks {
    static let names = Check(
        "event.names",
        codes: ["R1"],
        title: "Every event is called by the name that the contract gives its type.",
        asks: "The name in the header, and the one in the body, is byte for byte the sent name of the event's type."
    ) { context in
        let naming = EventNaming(contract: context.contract)
        guard naming.nameHeader != nil || naming.nameField != nil else {
            guard let first = context.attempts.first else { return [] }
            return [.unstated(context.subject(of: first), "Where the event's name stands is not stated.")]
        }
        return context.attempts.flatMap { nameFindings($0, naming, context) }
    }

    private static func nameFindings(
        _ attempt: AttemptView,
        _ naming: EventNaming,
        _ context: JudgingContext
    ) -> [Finding] {
        let subject = context.subject(of: attempt)
        let seen = [("header", naming.headerName(of: attempt)), ("body", naming.bodyName(of: attempt))]
        let event = context.emission(of: attempt).flatMap { context.contract.event(named: $0.type) }
        return seen.compactMap { place, name in
            guard let name else { return nil }
            guard let event else {
                guard let known = context.contract.events.first(where: { $0.sentName.isSameBytes(as: name) }) else {
                    let basis = naming.nameField?.clause.basis ?? naming.nameHeader?.terms.value.basis ?? Basis()
                    return .violated(
                        subject,
                        "The \(place) calls the event \(name.quoted), which no event type is called.",
                        by: basis
                    )
                }
                return .held(subject, "The \(place) has the name \(known.sentName).", by: known.wireName.basis)
            }
            let basis = event.wireName.basis
            if event.wireName.isUnstated {
                return .unstated(
                    subject,
                    "How \(event.name) is called on the wire is not stated; it was \(name.quoted)."
                )
            }
            if name.isSameBytes(as: event.sentName) {
                return .held(subject, "The \(place) has the name \(event.sentName).", by: basis)
            }
            return .violated(subject, "The \(place) calls \(event.sentName) \(name.quoted).", by: basis)
        }
    }

    static let agreement = Check(
        "event.name-agrees",
        codes: ["R2"],
        title: "The event's name is the same in the header and in the body.",
        asks: "Where the contract puts the name in both places, they hold the same text."
    ) { context in
        let naming = EventNaming(contract: context.contract)
        guard let header = naming.nameHeader, naming.nameField != nil else { return [] }
        return context.attempts.compactMap { attempt in
            guard let inHeader = naming.headerName(of: attempt), let inBody = naming.bodyName(of: attempt) else {
                return nil
            }
            let subject = context.subject(of: attempt)
            let basis = header.terms.value.basis
            if inHeader.isSameBytes(as: inBody) {
                return .held(subject, "Header and body both say \(inBody.quoted).", by: basis)
            }
            return .violated(subject, "The header says \(inHeader.quoted), the body \(inBody.quoted).", by: basis)
        }
    }

    static let quotes = Check(
        "event.name-unquoted",
        codes: ["R4"],
        title: "The event's name stands in its header with quotes only where the contract has them.",
        asks: "The header's value has no literal double quotes, or a pair of them where the contract prints one."
    ) { context in
        let naming = EventNaming(contract: context.contract)
        guard let header = naming.nameHeader else { return [] }
        return context.attempts.compactMap { attempt in
            guard let value = attempt.header(header.terms.name) else { return nil }
            let subject = context.subject(of: attempt)
            let basis = header.terms.value.basis
            let isQuoted = value.count >= 2 && value.first == "\"" && value.last == "\""
            let isRight = header.isQuoted ? isQuoted : !value.contains("\"")
            if isRight { return .held(subject, "\(header.terms.name) is \(value.quoted).", by: basis) }
            let wanted = header.isQuoted ? "in double quotes" : "without double quotes"
            return .violated(
                subject,
                "\(header.terms.name) is \(value.quoted); the name is promised \(wanted).",
                by: basis
            )
        }
    }
}
