import DeliveryEvidence
import Notation
import WebhookContracts

/// Recognises events by values that only their own bodies hold.
///
/// The runner puts a value into each event's example that no other event has. A value that some other emission or an
/// example of the contract has too tells nothing, unless an event has no better ones.
struct PayloadMarkers {
    private var strong: [String: Int] = [:]
    private var weak: [String: Int] = [:]

    init(emissions: [EmissionView], contract: Contract) {
        var owners: [String: Set<Int>] = [:]
        let numbers = Dictionary(emissions.map { ($0.event, $0.number) }, uniquingKeysWith: { first, _ in first })
        for emission in emissions {
            guard let payload = emission.payload else { continue }
            // A second publication repeats the first one's values; only what it adds tells it apart.
            let earlier = emission.emitted.again.flatMap { numbers[$0] }
            for text in BodyLeaf.texts(of: payload) {
                if let earlier, owners[text]?.contains(earlier) ?? false { continue }
                owners[text, default: []].insert(emission.number)
            }
        }
        var examples: Set<String> = []
        for event in contract.events {
            guard let example = event.example else { continue }
            examples.formUnion(BodyLeaf.texts(of: example))
        }
        for (text, numbers) in owners {
            guard numbers.count == 1, let number = numbers.first, text.utf8.count >= 2 else { continue }
            weak[text] = number
            if !examples.contains(text), !Self.isTime(text) { strong[text] = number }
        }
    }

    /// A time is nobody's own: something else may happen at the same moment, and on a clock that stands still it does.
    private static func isTime(_ text: String) -> Bool {
        text.prefixMatch(of: /\d{4}-\d{2}-\d{2}[T ]\d{2}:/) != nil
    }

    /// The events whose markers stand in a body, best first by how many; strong markers decide before weak ones.
    ///
    /// What strong markers tell is sure: nothing but the event can have brought them.
    func owners(in body: JudgedBody) -> (numbers: [Int], isSure: Bool) {
        guard let value = body.value else { return (ownersInUnreadable(body.bytes), true) }
        let texts = BodyLeaf.texts(of: value)
        let strongly = ranked(texts.compactMap { strong[$0] })
        return strongly.isEmpty ? (ranked(texts.compactMap { weak[$0] }), false) : (strongly, true)
    }

    /// A body that cannot be decoded may still show a marker as it stands.
    private func ownersInUnreadable(_ bytes: [UInt8]) -> [Int] {
        guard bytes.count <= 1 << 20, strong.count <= 1000 else { return [] }
        let text = String(decoding: bytes, as: UTF8.self)
        return ranked(
            strong.compactMap { marker, number in
                marker.utf8.count >= 6 && text.utf8.count >= marker.utf8.count && text.contains(marker) ? number : nil
            }
        )
    }

    private func ranked(_ numbers: [Int]) -> [Int] {
        var counts: [Int: Int] = [:]
        for number in numbers { counts[number, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
