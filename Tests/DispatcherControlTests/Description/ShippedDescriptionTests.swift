import DispatcherControl
import Foundation
import Notation
import Testing

@Suite struct `Descriptions that are shipped` {
    /// The project's folder.
    private static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(4)
        return parts.joined(separator: "/")
    }()

    private func load(_ path: String) throws -> DispatcherDescription {
        do {
            return try DispatcherFile.load(path: Self.root + path)
        } catch {
            Issue.record("\(error.rendered(sources: [try SourceText.read(path: Self.root + path)]))")
            throw error
        }
    }

    @Test func `are right`() throws {
        let reference = try load("/Scenarios/dispatchers/reference.yaml")
        #expect(reference.start?.arguments.first == "{programs}/webhook-dispatcher")
        #expect(reference.register != nil && reference.enable != nil && reference.disable != nil)
        #expect(reference.deliveryLog?.attemptFields.count == 8)
        let company = try load("/Scenarios/dispatchers/postgres-worker.yaml")
        #expect(company.services.map(\.name) == ["database", "worker"])
        #expect(company.services.map(\.lifetime) == [.scenario, .dispatcher])
        let curl = try load("/Scenarios/dispatchers/curl/dispatcher.yaml")
        #expect(curl.start == nil)
        guard case .command(let command, let input) = curl.emit else {
            Issue.record("curl is run for each event")
            return
        }
        #expect(command.arguments.last == "{url}" && input == "{payload}")
    }

    @Test func `in the documentation are right too`() throws {
        let text = try SourceText.read(path: Self.root + "/Documentation/dispatchers.md").text
        let examples = text.matches(of: /(?s)```yaml\n(dispatcher: .*?)```/).map { String($0.output.1) }
        #expect(examples.count >= 8)
        for example in examples { _ = try description(example) }
    }

    @Test func `show every key and placeholder in the documentation`() throws {
        let text = try SourceText.read(path: Self.root + "/Documentation/dispatchers.md").text
        for name in KnownPlaceholders.run + KnownPlaceholders.endpoint + KnownPlaceholders.event {
            #expect(text.contains("`{\(name)}`"), "\(name) is not explained")
        }
        for field in LogFieldName.delivery + LogFieldName.attempt {
            #expect(text.contains("`\(field)`"), "\(field) is not explained")
        }
    }
}
