import CurlTransport
import Notation

/// Writes header fields and lists of names as JSON for the store, and reads them back.
enum HeaderFieldText {
    static func text(_ fields: [HeaderField]) -> String {
        JSONValue.array(fields.map { .array([.string($0.name), .string($0.value)]) }).compact()
    }

    static func fields(_ text: String) throws -> [HeaderField] {
        (try JSONValue.parse(text.utf8).items ?? []).compactMap { pair in
            guard let parts = pair.items, parts.count == 2, let name = parts[0].stringValue,
                let value = parts[1].stringValue
            else { return nil }
            return HeaderField(name, value)
        }
    }

    static func text(names: [String]) -> String {
        JSONValue.array(names.map { .string($0) }).compact()
    }

    static func names(_ text: String) throws -> [String] {
        (try JSONValue.parse(text.utf8).items ?? []).compactMap(\.stringValue)
    }
}
