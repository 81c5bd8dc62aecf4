package import Notation
package import WebhookContracts

extension PublicationTerms {
    /// The key by which two submissions are one occurrence; nil when the contract does not collapse this event.
    ///
    /// The key is text that holds the event and every identifying value, so that no two subjects share one. A body that
    /// lacks an identifying field has no key: nothing says that it is about the same subject.
    package func key(of body: JSONValue, event: String) -> String? {
        guard let rule = once.value?.first(where: { $0.events.contains(event) }) else { return nil }
        let values = rule.key.map { body[$0] }
        guard !values.isEmpty, values.allSatisfy({ $0 != nil && $0 != .null }) else { return nil }
        return JSONValue.array([.string(event)] + values.compactMap(\.self)).compact()
    }
}
