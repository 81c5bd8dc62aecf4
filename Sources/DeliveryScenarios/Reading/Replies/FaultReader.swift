import Notation

/// Reads the key `fault`, in words or as a mapping.
struct FaultReader {
    let log: DiagnosticLog

    /// The fault, or what an alias stands for; `timing` takes a `for` among its words.
    func fault(_ outer: inout MappingReader, _ timing: inout TurnTiming) -> Reply? {
        guard case .mapping(let mapping)? = outer.node("fault") else {
            let words = outer.value("fault", wanted: "a fault such as `reset` or `hang after head`") {
                text throws(NotationError) in try ReplyWords(text, scope: .fault)
            }
            timing.duration = words?.timing.duration
            return words?.reply
        }
        var reader = MappingReader(mapping, log: log, what: "a fault")
        _ = reader.required("kind")
        guard let name = reader.scalar("kind", wanted: "a fault such as `reset`") else { return nil }
        defer { reader.finish() }
        if let kind = Fault.Kind(rawValue: name.text) ?? FaultAlias.table[name.text]?.kind {
            return fault(kind, &reader).map { .fault($0) }
        }
        if let alias = FaultAlias.table[name.text] { return toxic(alias, &reader) }
        log.error("`kind`: '\(name.text)' is not a fault", at: name.position, help: FaultNames.help(for: name.text))
        // What else the mapping has is right with one kind and wrong with another.
        reader.finish(alsoKnown: mapping.entries.map(\.key.text))
        return nil
    }

    private func fault(_ kind: Fault.Kind, _ reader: inout MappingReader) -> Fault? {
        let at = reader.value("at", wanted: "a point such as `after head`") { text throws(NotationError) in
            let point = try Fault.Point(parsing: text)
            try kind.check(point)
            return point
        }
        let delay = DelayReader(log: log).delay("after", &reader)
        var fault = Fault(kind: kind, at: at, after: delay.after, spread: delay.spread)
        let mapping = reader.mapping
        let hasAnswer = AnswerReader.keys.contains { mapping[$0] != nil }
        let answers = AnswerReader(log: log)
        if kind == .slowRead {
            answers.read(into: &fault.answer, &reader)
        } else {
            answers.readParts(into: &fault.answer, &reader)
        }
        for key in kind == .slowRead ? ["early", "slow_read"] : AnswerReader.keysOfWhole
        where reader.node(key) != nil {
            log.error(
                kind == .slowRead
                    ? "`\(key)` does not go with `slow-read`"
                    : "`\(key)` belongs to `respond`: a fault happens at one point and waits there",
                at: reader.keyPosition(key),
                help: kind == .slowRead
                    ? "write `bytes` and `every`, or a `respond` with `slow_read`"
                    : "say where by `at`, such as `at: after head`, and how late by `after`"
            )
        }
        if hasAnswer, kind.happensToConnection || fault.at == .accept {
            log.error(
                "`\(kind.rawValue)` \(fault.at.text) comes before any answer",
                at: AnswerReader.keys.compactMap { reader.keyPosition($0) }.first,
                help: "leave out what the answer is made of"
            )
        }
        if kind.takesBytes { fault.bytes = reader.bytes("bytes") ?? fault.bytes }
        if kind.takesPause { fault.every = reader.duration("every") ?? fault.every }
        if kind.needsHTTP2 {
            fault.code = reader.value("code", wanted: "an error code of HTTP/2", Self.code) ?? fault.code
        }
        checkMeaningless(kind, &reader)
        let hasBody = BodyReader.keys.contains { mapping[$0] != nil }
        return fault.stretched(headers: mapping["headers"] == nil, body: !hasBody).settled
    }

    /// Keys that other kinds know are told apart from those that nobody knows.
    private func checkMeaningless(_ kind: Fault.Kind, _ reader: inout MappingReader) {
        for (key, isTaken) in [("bytes", kind.takesBytes), ("every", kind.takesPause), ("code", kind.needsHTTP2)]
        where !isTaken && reader.node(key) != nil {
            log.error("`\(key)` means nothing to `\(kind.rawValue)`", at: reader.keyPosition(key), help: "leave it out")
        }
    }

    private func toxic(_ alias: FaultAlias, _ reader: inout MappingReader) -> Reply? {
        var given: [String: Int] = [:]
        for (name, _) in alias.attributes {
            given[name] = reader.int(name, in: 0...FaultAlias.largest)
        }
        do {
            switch try alias.reply(given) {
            case .respond(var response):
                AnswerReader(log: log).read(into: &response, &reader)
                return .respond(response)
            case .fault(var fault):
                AnswerReader(log: log).readParts(into: &fault.answer, &reader)
                return .fault(fault)
            }
        } catch {
            log.error(error.message, at: reader.mapping.position, help: error.help)
            return nil
        }
    }

    /// Reads a code by number or by the name that RFC 9113 section 7 gives it.
    private static func code(_ text: String) throws(NotationError) -> UInt32 {
        if let number = UInt32(text) { return number }
        if let number = names.firstIndex(of: text) { return UInt32(number) }
        throw NotationError(
            message: "'\(text)' is not an error code",
            help: Suggestion.closest(to: text, in: names).map { "did you mean `\($0)`?" }
                ?? "write a number, or a name such as `CANCEL`"
        )
    }

    private static let names = [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
        "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
        "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ]
}
