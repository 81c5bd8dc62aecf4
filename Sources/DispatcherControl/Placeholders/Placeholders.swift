package import Notation

/// The values that stand for `{name}` in a `dispatcher.yaml`.
package struct Placeholders: Sendable {
    private var values: [String: JSONValue]

    package init(_ values: [String: JSONValue] = [:]) {
        self.values = values
    }

    /// The value of `name`; setting `nil` leaves the name without a value.
    package subscript(name: String) -> JSONValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// These values, with `others` taking precedence.
    package func adding(_ others: Placeholders) -> Placeholders {
        Placeholders(values.merging(others.values) { $1 })
    }

    /// Replaces every `{name}` in `template`.
    ///
    /// - Throws: `DispatcherError` naming a placeholder that has no value or is no text.
    package func fill(_ template: String) throws(DispatcherError) -> String {
        var filled = ""
        for piece in TemplateText(template).pieces {
            switch piece {
            case .literal(let text): filled += text
            case .placeholder(let name): filled += try text(of: name, in: template)
            }
        }
        return filled
    }

    /// The value of an environment variable: a list in it becomes its items with commas between them, and no text without
    /// any.
    ///
    /// - Throws: `DispatcherError` naming a placeholder that has no value.
    func environmentText(_ template: String) throws(DispatcherError) -> String {
        var joined = self
        for (name, value) in values {
            guard let items = value.items else { continue }
            joined[name] = .string(items.map { $0.stringValue ?? $0.compact() }.joined(separator: ","))
        }
        return try joined.fill(template)
    }

    /// The arguments of a command line: an argument that names a list is repeated for each of its items.
    ///
    /// - Throws: `DispatcherError` naming a placeholder that has no value.
    package func arguments(_ templates: [String]) throws(DispatcherError) -> [String] {
        var arguments: [String] = []
        for template in templates {
            guard let name = listPlaceholder(in: template) else {
                arguments.append(try fill(template))
                continue
            }
            for item in values[name]?.items ?? [] {
                var single = self
                single[name] = item
                arguments.append(try single.fill(template))
            }
        }
        return arguments
    }

    /// A JSON body: a string that is just one placeholder becomes its value, and a member whose placeholder has no
    /// value is left out.
    ///
    /// - Throws: `DispatcherError` naming a placeholder inside a longer text that has no value.
    package func fill(_ template: JSONValue) throws(DispatcherError) -> JSONValue? {
        switch template {
        case .string(let text):
            if let name = TemplateText(text).wholePlaceholder { return values[name] }
            return .string(try fill(text))
        case .array(let items):
            var filled: [JSONValue] = []
            for item in items {
                if let value = try fill(item) { filled.append(value) }
            }
            return .array(filled)
        case .object(let members):
            var filled: [JSONMember] = []
            for member in members {
                if let value = try fill(member.value) { filled.append(JSONMember(name: member.name, value: value)) }
            }
            return members.isEmpty || !filled.isEmpty ? .object(filled) : nil
        case .null, .bool, .number:
            return template
        }
    }

    private func text(of name: String, in template: String) throws(DispatcherError) -> String {
        switch values[name] {
        case .string(let text): return text
        case .number(let literal): return literal
        case .bool(let flag): return String(flag)
        case .some(let value): return value.compact()
        case nil:
            throw DispatcherError(
                "`{\(name)}` in '\(template)' has no value here",
                wayOut: "check that the endpoint has one, or that what captures it found one"
            )
        }
    }

    private func listPlaceholder(in template: String) -> String? {
        for case .placeholder(let name) in TemplateText(template).pieces {
            if case .array = values[name] { return name }
        }
        return nil
    }
}
