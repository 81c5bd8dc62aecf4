package import Notation
package import WebhookContracts

/// The body of an attempt, decoded once: JSON, or a form with bracketed names.
package struct JudgedBody: Sendable {
    /// The bytes as they came, unpacked where they came packed with gzip.
    package var bytes: [UInt8]
    /// Says that they came packed, and that `bytes` are what they unpack to.
    package var isUnpacked = false
    /// Why packed bytes could not be unpacked, in words; `nil` when they could, or were not packed.
    package var unpackingProblem: String?
    /// How they were read.
    package var format: BodyFormat
    /// What they mean; `nil` when they cannot be read.
    package var value: JSONValue?
    /// Why they cannot be read, in one sentence; `nil` when they can.
    package var problem: String?

    /// Decodes a body by the format the contract states, or else by its media type, or else as JSON.
    ///
    /// - Parameter coding: the value of `Content-Encoding`; whatever names gzip alone is unpacked, up to a bound.
    package init(bytes: [UInt8], stated: BodyFormat?, mediaType: String?, coding: String? = nil) {
        self.bytes = bytes
        if let coding = coding?.lowercased(), coding == "gzip" || coding == "x-gzip" {
            do throws(GzipError) {
                self.bytes = try Gzip.unpacked(bytes)
                isUnpacked = true
            } catch {
                unpackingProblem = error.reason
            }
        }
        let bytes = self.bytes
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
