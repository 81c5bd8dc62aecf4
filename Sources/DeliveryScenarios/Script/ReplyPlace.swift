/// Where in a script a reply was taken from, written as `2`, `orders/2`, `interruption 1` or `orders/interruption 1`.
package struct ReplyPlace: Sendable, Hashable {
    package enum Item: Sendable, Hashable {
        /// A turn, 1-based.
        case turn(Int)
        /// An interruption, 1-based.
        case interruption(Int)
        /// The answer to a provider's question.
        case handshake(Handshake.Kind)
        /// No rule matched.
        case unmatched
    }

    /// The name of the rule; `nil` for the script's own turns.
    package var rule: String?
    package var item: Item

    package init(rule: String? = nil, item: Item) {
        self.rule = rule
        self.item = item
    }

    /// Reads a place as it stands in the evidence; `nil` when it is none.
    package init?(text: String) {
        let cut = text.lastIndex(of: "/")
        rule = cut.map { String(text[..<$0]) }
        let rest = cut.map { text[text.index(after: $0)...] } ?? text[...]
        let words = rest.split(separator: " ")
        if rest == "unmatched" {
            item = .unmatched
        } else if let number = Int(rest) {
            item = .turn(number)
        } else if words.count == 2, words[0] == "interruption", let number = Int(words[1]) {
            item = .interruption(number)
        } else if words.count == 2, words[0] == "handshake", let kind = Handshake.Kind(rawValue: String(words[1])) {
            item = .handshake(kind)
        } else {
            return nil
        }
    }

    /// The place as it stands in the evidence.
    package var text: String {
        let words =
            switch item {
            case .turn(let number): "\(number)"
            case .interruption(let number): "interruption \(number)"
            case .handshake(let kind): "handshake \(kind.rawValue)"
            case .unmatched: "unmatched"
            }
        return rule.map { "\($0)/\(words)" } ?? words
    }
}
