import DispatcherControl
import Notation
import Testing

@Suite struct `The key for an outage of the store` {
    private func outage(_ line: String, services: String = "") throws -> StoreOutage? {
        let text = "dispatcher: D\n\(services)\(DispatcherFileEmit.line)store_outage: \(line)\n"
        return try DispatcherFile.parse(SourceText(path: "dispatcher.yaml", text: text)).storeOutage
    }

    @Test func `names a database or a service`() throws {
        #expect(try outage("{ sqlite: \"{store}\" }") == .sqlite("{store}"))
        let services = "services: [{ name: db, command: [postgres] }]\n"
        #expect(try outage("{ pause: db }", services: services) == .service("db"))
    }

    @Test(arguments: [
        ("{ pause: db }", "there is no service 'db' to pause"),
        ("{ pause: db, sqlite: a }", "wants either `sqlite` or `pause`"),
        ("{}", "wants either `sqlite` or `pause`"),
        ("{ sqlite: \"{url}\" }", "{url}"),
    ])
    func `is refused when it cannot be done`(_ line: String, _ message: String) throws {
        let error = try #require(throws: DiagnosticList.self) { try outage(line) }
        #expect(error.diagnostics.contains { $0.message.contains(message) }, "\(error)")
    }
}

/// A way to hand events over, which every description needs.
private enum DispatcherFileEmit {
    static let line = "emit: { post: \"http://127.0.0.1:1/events\" }\n"
}
