import CJSONSchema

/// A compiled JSON Schema (draft-07) of a webhook's envelope.
///
/// References leave the schema nowhere: everything a `$ref` names has to stand in the same text. Of the formats, `date`,
/// `time` and `date-time` are checked; the others are annotations.
package struct PayloadSchema: Sendable {
    /// What messages call the schema, usually its file name.
    package let name: String
    private let handle: Handle

    /// Compiles a schema from its JSON text; `name` is what errors call it.
    package init(json: String, name: String) throws(PayloadSchemaError) {
        var reports: [PayloadProblem] = []
        var schema: OpaquePointer?
        let status = collecting(into: &reports, from: Array(json.utf8)) { text, length, report, context in
            cjsonschema_compile(text, length, report, context, &schema)
        }
        guard status == CJSONSCHEMA_OK, let schema else {
            throw PayloadSchemaError(schema: name, cause: .init(status), report: reports.first)
        }
        self.name = name
        self.handle = Handle(schema)
    }

    /// Everything in which a document departs from the schema; empty when it validates.
    ///
    /// A document that is not JSON at all gives exactly one problem, at the root.
    package func problems(in document: [UInt8]) -> [PayloadProblem] {
        var reports: [PayloadProblem] = []
        let status = collecting(into: &reports, from: document) { text, length, report, context in
            cjsonschema_validate(handle.schema, text, length, report, context)
        }
        let reason = reports.first?.message ?? "no reason was given"
        return switch status {
        case CJSONSCHEMA_OK: []
        case CJSONSCHEMA_INVALID: reports
        case CJSONSCHEMA_NOT_JSON: [PayloadProblem(pointer: "", message: "The body is not usable JSON: \(reason).")]
        default: [PayloadProblem(pointer: "", message: "The body could not be held against \(name): \(reason).")]
        }
    }

    // SAFETY: the compiled schema is only read after `cjsonschema_compile` returned (the C face promises that any number
    // of threads may validate against it), and it is freed when nothing refers to it any more.
    private final class Handle: @unchecked Sendable {
        let schema: OpaquePointer

        init(_ schema: OpaquePointer) {
            self.schema = schema
        }

        deinit {
            cjsonschema_free(schema)
        }
    }
}

/// One departure of a document from its schema.
package struct PayloadProblem: Sendable, Hashable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) to the offending value; empty for the whole document.
    package let pointer: String
    /// One sentence saying what is wrong there.
    package let message: String

    /// Makes a problem at a pointer.
    package init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }

    /// The pointer (`the root` when empty) and the message.
    package var description: String {
        "\(pointer.isEmpty ? "the root" : pointer): \(message)"
    }
}

/// Why a text is not a schema that can be used.
package struct PayloadSchemaError: Error, Hashable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    package enum Cause: Sendable, Hashable {
        /// The text is not JSON.
        case notJSON
        /// The text is JSON but breaks the rules of draft-07.
        case notASchema
        /// The schema refers to another file or address.
        case externalReference
        /// The machine failed, not the text.
        case failed

        fileprivate init(_ status: cjsonschema_status) {
            self =
                switch status {
                case CJSONSCHEMA_NOT_JSON: .notJSON
                case CJSONSCHEMA_NOT_A_SCHEMA: .notASchema
                case CJSONSCHEMA_EXTERNAL_REFERENCE: .externalReference
                default: .failed
                }
        }
    }

    /// The name the schema was given.
    package let schema: String
    /// What kind of failure it is.
    package let cause: Cause
    /// A JSON Pointer to the place in the schema; empty for the whole.
    package let pointer: String
    /// One sentence saying what is wrong there.
    package let message: String

    fileprivate init(schema: String, cause: Cause, report: PayloadProblem?) {
        self.schema = schema
        self.cause = cause
        self.pointer = report?.pointer ?? ""
        self.message = report?.message ?? "no reason was given"
    }

    /// The schema's name, the place and the reason in one line.
    package var description: String {
        switch cause {
        case .notJSON: "\(schema): the schema is not JSON: \(message)"
        case .failed: "\(schema): the schema could not be compiled: \(message)"
        case .notASchema, .externalReference: "\(schema): at \(pointer.isEmpty ? "the root" : pointer): \(message)"
        }
    }
}

/// Calls the C face with `text`, gathering what it reports.
private func collecting(
    into problems: inout [PayloadProblem],
    from text: [UInt8],
    _ call: (UnsafePointer<CChar>?, Int, cjsonschema_report, UnsafeMutableRawPointer) -> cjsonschema_status
) -> cjsonschema_status {
    let report: cjsonschema_report = { context, place, reason in
        guard let context, let place, let reason else { return }
        context.assumingMemoryBound(to: [PayloadProblem].self).pointee
            .append(PayloadProblem(pointer: String(cString: place), message: String(cString: reason)))
    }
    return withUnsafeMutablePointer(to: &problems) { context in
        text.withUnsafeBytes { bytes in
            call(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, report, context)
        }
    }
}
