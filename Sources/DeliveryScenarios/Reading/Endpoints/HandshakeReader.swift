import Foundation
import Notation

/// Reads the key `handshake`: the providers' questions that are answered.
struct HandshakeReader {
    let log: DiagnosticLog

    func handshakes(_ reader: inout MappingReader) -> [Handshake] {
        guard let node = reader.node("handshake") else { return [] }
        let items = if case .sequence(let sequence) = node { sequence.items } else { [node] }
        if items.isEmpty {
            log.error("`handshake` is empty", at: node.position, help: "write `slack`, for example, or leave it out")
        }
        var handshakes: [Handshake] = []
        for item in items {
            guard let handshake = handshake(item) else { continue }
            if handshakes.contains(where: { $0.kind == handshake.kind }) {
                log.error("`\(handshake.kind.rawValue)` is there twice", at: item.position, help: "leave one out")
            }
            handshakes.append(handshake)
        }
        return handshakes
    }

    private func handshake(_ node: YAMLNode) -> Handshake? {
        // A single word stands for a mapping with nothing but it.
        let key = YAMLScalar(text: "kind", isQuoted: false, position: node.position)
        let single = YAMLMapping(entries: [YAMLEntry(key: key, value: node)], position: node.position)
        let mapping = if case .mapping(let mapping) = node { mapping } else { single }
        var reader = MappingReader(mapping, log: log, what: "a handshake")
        defer { reader.finish() }
        _ = reader.required("kind")
        let kind = reader.choice("kind", Handshake.Kind.self)
        let hasSecret = reader.node("secret") != nil
        let secret = secret(&reader)
        let rate = reader.int("rate", in: 1...1_000_000_000)
        guard let kind else { return nil }
        if kind == .zoom, !hasSecret {
            log.error(
                "`zoom` needs its secret: without it the answer cannot be right",
                at: node.position,
                help: "write `handshake: { kind: zoom, secret: { env: ZOOM_SECRET } }`"
            )
        }
        if kind != .zoom, hasSecret {
            log.error("`\(kind.rawValue)` has no secret", at: reader.keyPosition("secret"), help: "leave it out")
        }
        if kind != .cloudEvents, rate != nil {
            log.error("`\(kind.rawValue)` has no rate", at: reader.keyPosition("rate"), help: "leave it out")
        }
        return Handshake(kind: kind, secret: secret, rate: rate)
    }

    /// A secret as it stands, or `env: NAME` for one in the environment; it is never part of a message.
    private func secret(_ reader: inout MappingReader) -> String? {
        guard case .mapping(let mapping)? = reader.node("secret") else { return reader.text("secret") }
        var inner = MappingReader(mapping, log: log, what: "a secret")
        _ = inner.required("env")
        let name = inner.scalar("env", wanted: "the name of an environment variable")
        inner.finish()
        guard let name else { return nil }
        guard let value = ProcessInfo.processInfo.environment[name.text], !value.isEmpty else {
            log.error(
                "the environment variable `\(name.text)` is not set",
                at: name.position,
                help: "set it, or write the secret of a test here"
            )
            return nil
        }
        return value
    }
}
