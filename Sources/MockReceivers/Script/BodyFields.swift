import Notation

/// The fields of a request body that is JSON or a form with bracketed names such as `data[webHookEvent][topic]`.
///
/// The bytes decide which of the two it is, not the Content-Type header: a wrong header is a finding of its own and must
/// not also make the reply script lose count.
struct BodyFields {
    private enum Content {
        case json(JSONValue)
        case form([[String]: String])
        case nothing
    }

    private let content: Content

    /// Reads a body; one that is neither JSON nor a form has no fields.
    init(_ body: [UInt8]) {
        let whitespace: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        switch body.first(where: { !whitespace.contains($0) }) {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            do {
                content = .json(try JSONValue.parse(body))
            } catch {
                // The judge reports a body that does not parse; here it only means that nothing identifies the delivery.
                content = .nothing
            }
        case nil:
            content = .nothing
        default:
            content = .form(FormFields.parse(body))
        }
    }

    /// The text of the field a pointer names; `nil` when it is absent, `null` or empty.
    func text(at pointer: JSONPointer) -> String? {
        let text: String? =
            switch content {
            case .json(let document):
                switch document[pointer] {
                case .string(let text): text
                case .null, nil: nil
                case .some(let value): value.compact()
                }
            case .form(let fields): fields[pointer.tokens]
            case .nothing: nil
            }
        return text?.isEmpty == true ? nil : text
    }
}
