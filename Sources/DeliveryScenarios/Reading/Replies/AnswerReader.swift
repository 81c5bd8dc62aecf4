import Notation

/// Reads what an answer is made of, whether it is given whole or a fault happens to it.
struct AnswerReader {
    let log: DiagnosticLog

    /// The keys that are read here.
    static let keys =
        ["status", "reason", "headers", "hold_headers", "hold_body", "drip", "early", "interim", "slow_read"]
        + BodyReader.keys

    /// The keys that belong to an answer which comes to its end.
    static let keysOfWhole = ["hold_headers", "hold_body", "drip", "early"]

    /// Changes `response` by everything that is given; what is not given stays as it was.
    func read(into response: inout Response, _ reader: inout MappingReader) {
        readParts(into: &response, &reader)
        response.holdHeaders = reader.duration("hold_headers") ?? .zero
        response.holdBody = reader.duration("hold_body") ?? .zero
        response.drip = drip(&reader) ?? response.drip
        response.early = reader.bool("early") ?? false
        if response.bodySize == 0, response.holdBody > .zero || response.drip?.part == .body {
            log.error(
                response.hasBody
                    ? "there is no body to hold or drip" : "a \(response.status) has no body to hold or drip",
                at: reader.keyPosition("hold_body") ?? reader.keyPosition("drip"),
                help: response.hasBody ? "add `body: \"…\"`" : "take another status, or hold the headers"
            )
        }
        if response.drip?.part == .head, response.holdHeaders > .zero {
            log.error(
                "`hold_headers` and a drip of the head exclude each other",
                at: reader.keyPosition("hold_headers"),
                help: "the drip holds every byte of the head; leave one out"
            )
        }
        if response.drip?.part == .body { write(&response, &reader) }
    }

    /// Turns a made body into a written one, because only bytes that are there can be counted off.
    private func write(_ response: inout Response, _ reader: inout MappingReader) {
        switch response.filler {
        case nil: break
        case .size(let count)? where count <= BodyReader.largestFile:
            response.filler = nil
            response.body = String(repeating: "x", count: count)
        case .size?, .gzip?:
            log.error(
                "a body that drips is written out, so it cannot be a `gzip_bomb` or larger than"
                    + " \(SizeNotation.text(BodyReader.largestFile))",
                at: reader.keyPosition("drip"),
                help: "give it another body"
            )
        }
    }

    /// Reads what even an answer has that is cut.
    func readParts(into response: inout Response, _ reader: inout MappingReader) {
        response.status = reader.int("status", in: 100...599) ?? response.status
        response.reason = reason(&reader)
        if reader.node("headers") != nil { response.headers = headers(&reader) }
        BodyReader(log: log).read(into: &response, &reader)
        response.interim = interim(&reader)
        response.slowRead = slowRead(&reader)
    }

    private func reason(_ reader: inout MappingReader) -> String? {
        reader.value("reason", wanted: "a reason phrase") { text throws(NotationError) in
            guard !text.hasControlCharacter else {
                throw NotationError(message: "a reason phrase cannot have a control character", help: nil)
            }
            return text
        }
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
                if value.hasControlCharacter {
                    log.error("the header `\(name)` has a control character", at: entry.value.position)
                }
                do {
                    _ = try DateTemplate(value)
                } catch {
                    log.error(error.message, at: entry.value.position, help: error.help)
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

    private func slowRead(_ reader: inout MappingReader) -> SlowRead? {
        guard let mapping = reader.mapping("slow_read") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a slow read")
        _ = inner.required("bytes")
        _ = inner.required("every")
        let bytes = inner.bytes("bytes")
        let every = inner.duration("every")
        inner.finish()
        guard let bytes, let every else { return nil }
        return SlowRead(bytes: bytes, every: every)
    }

    /// The most interim answers before one final.
    private static let mostInterim = 100

    private func interim(_ reader: inout MappingReader) -> [InterimResponse] {
        guard let node = reader.node("interim") else { return [] }
        guard case .sequence(let sequence) = node, sequence.items.count <= Self.mostInterim else {
            log.error(
                "`interim` must be a list of at most \(Self.mostInterim) answers, not \(node.kindName)",
                at: node.position,
                help: "write `interim: [103]`, for example"
            )
            return []
        }
        return sequence.items.compactMap { interim($0) }
    }

    private func interim(_ node: YAMLNode) -> InterimResponse? {
        // A single status stands for a mapping with nothing but it.
        let status = YAMLScalar(text: "status", isQuoted: false, position: node.position)
        let single = YAMLMapping(entries: [YAMLEntry(key: status, value: node)], position: node.position)
        let mapping = if case .mapping(let mapping) = node { mapping } else { single }
        var inner = MappingReader(mapping, log: log, what: "an interim answer")
        _ = inner.required("status")
        let number = inner.int("status", in: 100...199)
        let headers = headers(&inner)
        let after = inner.duration("after") ?? .zero
        inner.finish()
        guard let number else { return nil }
        guard number != 101 else {
            log.error(
                "101 is no interim answer: it ends HTTP on the connection",
                at: mapping["status"]?.position,
                help: "write `102` or `103`, for example"
            )
            return nil
        }
        return InterimResponse(status: number, headers: headers, after: after)
    }
}

extension MappingReader {
    /// The value of a key as a number of bytes above 0, with a unit or, as the key names it, without.
    mutating func bytes(_ key: String) -> Int? {
        value(key, wanted: "a number of bytes such as `10` or `1KiB`") { text throws(NotationError) in
            let bytes = if let number = Int(text) { number } else { try SizeNotation.parse(text) }
            guard (1...Fault.Point.mostBytes).contains(bytes) else {
                throw NotationError(
                    message: "'\(text)' is not a number of bytes from 1 to 1024GiB",
                    help: "write `10` or `1KiB`, for example"
                )
            }
            return bytes
        }
    }
}

extension String {
    /// A token of RFC 9110 section 5.6.2.
    var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    /// Anything but a tab that would end or hide a header line.
    var hasControlCharacter: Bool { utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } }
}
