import DeliveryEvidence
import DeliveryScenarios
import Notation

/// Finds what identifies the delivery a request belongs to.
enum DeliveryKey {
    /// What the head alone says about the key.
    enum FromHead: Equatable {
        /// The key, or `nil` when no source of it is there and none can still come.
        case known(String?)
        /// A source that comes first in the order stands in the body.
        case needsBody
    }

    /// Looks for the key while only the head is there.
    static func inHead(_ headers: [HeaderLine], sources: [DeliveryKeySource]) -> FromHead {
        for source in sources {
            switch source {
            case .header(let name):
                if let value = value(of: name, in: headers) { return .known(value) }
            case .fields:
                return .needsBody
            }
        }
        return .known(nil)
    }

    /// Looks for the key in the whole request; `nil` when no source yields one.
    static func find(headers: [HeaderLine], body: [UInt8], sources: [DeliveryKeySource]) -> String? {
        var fields: BodyFields?
        for source in sources {
            switch source {
            case .header(let name):
                if let value = value(of: name, in: headers) { return value }
            case .fields(let pointers):
                let read = fields ?? BodyFields(body)
                fields = read
                if let key = key(of: pointers, in: read) { return key }
            }
        }
        return nil
    }

    private static func value(of name: String, in headers: [HeaderLine]) -> String? {
        headers.first { $0.isCalled(name) && !$0.value.isEmpty }?.value
    }

    /// One field is its own text; several are written as a JSON array, so that no two sets of values read the same.
    private static func key(of pointers: [JSONPointer], in fields: BodyFields) -> String? {
        var values: [String] = []
        for pointer in pointers {
            guard let value = fields.text(at: pointer) else { return nil }
            values.append(value)
        }
        guard values.count != 1 else { return values.first }
        return values.isEmpty ? nil : JSONValue.array(values.map { .string($0) }).compact()
    }
}
