import Notation

/// Reads `application/x-www-form-urlencoded` with nested names in brackets: `data[topic]=…`, `items[]=…`.
enum FormBody {
    /// Why bytes are not such a form.
    struct Failure: Error {
        var reason: String
    }

    private static let deepest = 32
    private static let most = 100_000

    static func decode(_ bytes: [UInt8]) -> Result<JSONValue, Failure> {
        let pairs = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
        guard pairs.count <= most else { return .failure(Failure(reason: "it has more than \(most) fields")) }
        let root = FormNode()
        for pair in pairs {
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            guard let name = text(pair[..<(equals ?? pair.endIndex)]) else {
                return .failure(Failure(reason: "the name of a field is not percent-encoded UTF-8"))
            }
            guard let equals else { return .failure(Failure(reason: "the field \(name) has no `=`")) }
            guard let value = text(pair[(equals + 1)...]) else {
                return .failure(Failure(reason: "the value of \(name) is not percent-encoded UTF-8"))
            }
            guard let path = path(of: name), path.count <= deepest else {
                return .failure(Failure(reason: "the brackets of \(name) cannot be read"))
            }
            guard root.put(value, at: path[...]) else {
                return .failure(Failure(reason: "the field \(name) is given twice"))
            }
        }
        return .success(root.value)
    }

    /// Decodes percent signs and the plus that stands for a space.
    private static func text(_ encoded: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var index = encoded.startIndex
        while index < encoded.endIndex {
            switch encoded[index] {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < encoded.endIndex else { return nil }
                let digits = encoded[(index + 1)...(index + 2)]
                let isHex = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
                guard isHex, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
                bytes.append(byte)
                index += 2
            case let byte: bytes.append(byte)
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Splits `data[event][topic]` into its names.
    private static func path(of name: String) -> [String]? {
        guard let open = name.firstIndex(of: "[") else { return [name] }
        var path = [String(name[..<open])]
        var rest = name[open...]
        while !rest.isEmpty {
            guard rest.first == "[", let close = rest.firstIndex(of: "]") else { return nil }
            path.append(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return path
    }
}

/// A form while it is put together.
///
/// It is a class because names arrive in any order and depth.
private final class FormNode {
    private var text: String?
    private var names: [String] = []
    private var children: [String: FormNode] = [:]
    private var items: [FormNode] = []

    func put(_ value: String, at path: ArraySlice<String>) -> Bool {
        guard let name = path.first else {
            guard text == nil, names.isEmpty, items.isEmpty else { return false }
            text = value
            return true
        }
        guard text == nil else { return false }
        if name.isEmpty {
            let item = FormNode()
            items.append(item)
            return names.isEmpty && item.put(value, at: path.dropFirst())
        }
        guard items.isEmpty else { return false }
        if let child = children[name] { return child.put(value, at: path.dropFirst()) }
        let child = FormNode()
        names.append(name)
        children[name] = child
        return child.put(value, at: path.dropFirst())
    }

    var value: JSONValue {
        if let text { return .string(text) }
        if !items.isEmpty { return .array(items.map(\.value)) }
        return .object(names.compactMap { name in children[name].map { JSONMember(name: name, value: $0.value) } })
    }
}
