import Notation

/// Reads the replies of a receiver.
struct ReplyReader {
    let log: DiagnosticLog

    /// Reads the key `receiver`: a list of replies, by attempt.
    func replies(_ reader: inout MappingReader) -> [Reply] {
        let harmless = [Reply.respond(Response(status: 200))]
        guard let sequence = reader.sequence("receiver") else { return harmless }
        guard (1...ScenarioLimits.replies).contains(sequence.items.count) else {
            log.error(
                "`receiver` must have 1 to \(ScenarioLimits.replies) replies",
                at: sequence.position,
                help: "write `- respond: 200`, for example; the last reply repeats"
            )
            return harmless
        }
        let replies = sequence.items.compactMap { reply($0) }
        return replies.isEmpty ? harmless : replies
    }

    private func reply(_ node: YAMLNode) -> Reply? {
        guard case .mapping(let mapping) = node, mapping.entries.count == 1 else {
            log.error(
                "a reply must be `respond` or `fault`",
                at: node.position,
                help: "write `- respond: 500` or `- fault: reset`; what belongs to a reply goes in braces behind it"
            )
            return nil
        }
        var reader = MappingReader(mapping, log: log, what: "a reply")
        defer { reader.finish() }
        if let node = reader.node("respond") { return respond(node, &reader).map { .respond($0) } }
        if reader.node("fault") != nil { return fault(&reader).map { .fault($0) } }
        return nil
    }

    private func respond(_ node: YAMLNode, _ outer: inout MappingReader) -> Response? {
        guard case .mapping(let mapping) = node else {
            return outer.int("respond", in: 100...599).map { Response(status: $0) }
        }
        var reader = MappingReader(mapping, log: log, what: "a response")
        _ = reader.required("status")
        let response = Response(
            status: reader.int("status", in: 100...599) ?? 200,
            headers: headers(&reader),
            body: reader.text("body") ?? "",
            after: reader.duration("after") ?? .zero,
            holdBody: reader.duration("hold_body") ?? .zero,
            drip: drip(&reader)
        )
        if response.body.isEmpty, response.holdBody > .zero || response.drip?.part == .body {
            log.error(
                "there is no body to hold or drip",
                at: reader.keyPosition("hold_body") ?? reader.keyPosition("drip"),
                help: "add `body: \"…\"`"
            )
        }
        reader.finish()
        return response
    }

    private func headers(_ reader: inout MappingReader) -> [ReplyHeader] {
        guard let mapping = reader.mapping("headers") else { return [] }
        var headers: [ReplyHeader] = []
        var inner = MappingReader(mapping, log: log, what: "a set of headers")
        for entry in mapping.entries {
            let name = entry.key.text
            if !name.isHeaderName {
                log.error("'\(name)' is not the name of a header", at: entry.key.position)
            }
            for value in inner.texts(name) ?? [] {
                if value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
                    log.error("the header `\(name)` has a control character", at: entry.value.position)
                }
                headers.append(ReplyHeader(name: name, value: value))
            }
        }
        return headers
    }

    private func drip(_ reader: inout MappingReader) -> Drip? {
        guard let mapping = reader.mapping("drip") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a drip")
        let sizes = Drip.Part.allCases.compactMap { part in inner.size(part.rawValue).map { (part, $0) } }
        _ = inner.required("every")
        let every = inner.duration("every")
        inner.finish()
        let parts = Drip.Part.allCases.filter { mapping[$0.rawValue] != nil }
        guard parts.count == 1 else {
            log.error(
                "a drip needs either `head` or `body`",
                at: mapping.position,
                help: "write `drip: { body: 10 bytes, every: 1s }`, for example"
            )
            return nil
        }
        guard let (part, bytes) = sizes.first, let every else { return nil }
        guard bytes > 0, every > .zero else {
            log.error("a drip of nothing never ends", at: mapping.position, help: "write at least `1 byte` and `1ms`")
            return nil
        }
        return Drip(part: part, bytes: bytes, every: every)
    }

    /// Reads `reset`, `hang after head`, `close inside body`: the kind, and where it happens when not at the end of the
    /// request.
    private func fault(_ reader: inout MappingReader) -> Fault? {
        reader.value("fault", wanted: "a fault such as `reset` or `hang after head`") { text throws(NotationError) in
            let words = text.split(separator: " ", maxSplits: 1).map(String.init)
            let kinds = Fault.Kind.allCases.map(\.rawValue)
            guard let kind = words.first.flatMap({ Fault.Kind(rawValue: $0) }) else {
                throw NotationError(
                    message: "'\(words.first ?? "")' is not a fault",
                    help: Suggestion.help(for: words.first ?? "", among: kinds, kind: "faults")
                )
            }
            guard words.count > 1 else { return Fault(kind: kind) }
            guard let point = Fault.Point(rawValue: words[1]) else {
                throw NotationError(
                    message: "'\(words[1])' is not a point of the exchange",
                    help: Suggestion.help(for: words[1], among: Fault.Point.allCases.map(\.rawValue), kind: "points")
                )
            }
            return Fault(kind: kind, at: point)
        }
    }
}

extension String {
    /// A token of RFC 9110 section 5.6.2.
    fileprivate var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
