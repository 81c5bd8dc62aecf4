import CurlTransport
package import Notation
import WebhookSigning

/// The members of a JSON object that came with a request, read one by one; what nobody asked for is refused at the end.
package struct RequestFields {
    private var members: [String: JSONValue]
    private var known: [String] = []
    private let place: String

    /// Reads a body; throws a `RequestRefusal` when it is no JSON object.
    package init(body: some Collection<UInt8>) throws(RequestRefusal) {
        do {
            try self.init(try JSONValue.parse(body), place: "")
        } catch let error as JSONError {
            throw RequestRefusal("the body is not JSON: \(error.message) (byte \(error.offset))", status: 400)
        } catch let refusal as RequestRefusal {
            throw refusal
        } catch {
            throw RequestRefusal("the body is not usable", status: 400)
        }
    }

    private init(_ value: JSONValue, place: String) throws(RequestRefusal) {
        guard let members = value.members else {
            throw RequestRefusal("\(place.isEmpty ? "the body" : "`\(place)`") must be a JSON object", status: 400)
        }
        self.members = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
        self.place = place
    }

    /// The value of a member, nil when it is absent or null.
    package mutating func value(_ name: String) -> JSONValue? {
        known.append(name)
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    /// A member that is a text.
    package mutating func text(_ name: String) throws(RequestRefusal) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue else { throw wrong(name, "a text", value) }
        return text
    }

    /// A member that is a text and has to be there.
    package mutating func requiredText(_ name: String) throws(RequestRefusal) -> String {
        guard let text = try text(name) else { throw RequestRefusal("`\(path(name))` is missing") }
        return text
    }

    /// A member that is a list of texts.
    package mutating func texts(_ name: String) throws(RequestRefusal) -> [String]? {
        guard let value = value(name) else { return nil }
        guard let items = value.items else { throw wrong(name, "a list of texts", value) }
        return try items.map { item throws(RequestRefusal) in
            guard let text = item.stringValue else { throw wrong(name, "a list of texts", value) }
            return text
        }
    }

    /// A member that is an object.
    package mutating func object(_ name: String) throws(RequestRefusal) -> RequestFields? {
        guard let value = value(name) else { return nil }
        return try RequestFields(value, place: path(name))
    }

    /// Throws a `RequestRefusal` when there is a member that nobody asked for.
    package func finish() throws(RequestRefusal) {
        guard let unknown = members.keys.filter({ !known.contains($0) }).min() else { return }
        throw RequestRefusal("`\(path(unknown))` is not known here; there are \(known.joined(separator: ", "))")
    }

    private func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    private func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> RequestRefusal {
        RequestRefusal("`\(path(name))` must be \(expected), not \(value.kindName)")
    }
}

extension Endpoint {
    /// Reads an endpoint from the body of a registration.
    package init(body: some Collection<UInt8>) throws(RequestRefusal) {
        var fields = try RequestFields(body: body)
        self.init(
            id: try fields.requiredText("id"),
            url: try fields.requiredText("url"),
            events: try fields.texts("events"),
            secret: try fields.text("secret").map { SigningKey($0, role: .secret) },
            source: try fields.text("source")
        )
        if secret?.revealed.isEmpty == true { secret = nil }
        if var basicFields = try fields.object("basic") {
            // A caller that fills in a template leaves both empty where there are no credentials.
            if let user = try basicFields.text("user") {
                basic = BasicCredentials(user: user, password: try basicFields.requiredText("password"))
            } else if try basicFields.text("password") != nil {
                throw RequestRefusal("`basic.user` is missing")
            }
            try basicFields.finish()
        }
        let own = fields.value("headers")
        guard let members = (own ?? .object([])).members else { throw RequestRefusal("`headers` must be an object") }
        headers = try members.map { member throws(RequestRefusal) in
            guard let value = member.value.stringValue else {
                throw RequestRefusal("`headers.\(member.name)` must be a text")
            }
            return HeaderField(member.name, value)
        }
        try fields.finish()
    }
}

extension SigningKey {
    /// Reads the new secret from the body of a request that changes one.
    init(body: some Collection<UInt8>) throws(RequestRefusal) {
        var fields = try RequestFields(body: body)
        self.init(try fields.requiredText("secret"), role: .secret)
        try fields.finish()
    }
}

extension EventSubmission {
    /// Reads a submission from the body of a request.
    package init(body: some Collection<UInt8>) throws(RequestRefusal) {
        var fields = try RequestFields(body: body)
        self.init(
            type: try fields.requiredText("type"),
            payload: fields.value("payload") ?? .null,
            source: try fields.text("source"),
            closedGates: try fields.texts("closed_gates") ?? []
        )
        guard payload.members != nil else { throw RequestRefusal("`payload` must be a JSON object") }
        try fields.finish()
    }
}
