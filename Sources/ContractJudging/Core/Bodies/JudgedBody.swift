package import Notation
package import WebhookContracts

/// The body of an attempt, decoded once: JSON, or a form with bracketed names.
package struct JudgedBody: Sendable {
    /// The bytes as they came.
    package var bytes: [UInt8]
    /// How they were read.
    package var format: BodyFormat
    /// What they mean; `nil` when they cannot be read.
    package var value: JSONValue?
    /// Why they cannot be read, in one sentence; `nil` when they can.
    package var problem: String?

    /// Decodes a body by the format the contract states, or else by its media type, or else as JSON.
    package init(bytes: [UInt8], stated: BodyFormat?, mediaType: String?) {
        self.bytes = bytes
        let looksLikeForm = mediaType?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
        format = stated ?? (looksLikeForm ? .form : .json)
        switch format {
        case .json:
            do {
                value = try JSONValue.parse(bytes)
            } catch {
                problem = "The body is not JSON: \(error.message) (byte \(error.offset))."
            }
        case .form:
            switch FormBody.decode(bytes) {
            case .success(let decoded): value = decoded
            case .failure(let failure): problem = "The body is not a form: \(failure.reason)."
            }
        }
    }

    /// The text at a pointer: a string, or a number's literal; `nil` when there is neither.
    package func text(at pointer: JSONPointer) -> String? {
        switch value?[pointer] {
        case .string(let text)?, .number(let text)?: text
        default: nil
        }
    }
}
