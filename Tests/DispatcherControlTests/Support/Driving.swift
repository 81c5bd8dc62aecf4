import CurlTransport
import DeliveryEvidence
import DispatcherControl
import Foundation
import Notation
import RunClocks
import Testing

/// Reads a description, and has the test fail with its problems when it has any.
func description(_ text: String) throws -> DispatcherDescription {
    let source = SourceText(path: "here/dispatcher.yaml", text: text)
    do {
        return try DispatcherFile.parse(source)
    } catch {
        Issue.record("\(error.rendered(sources: [source]))")
        throw error
    }
}

/// What is wrong with a description, as a person would see it.
func problems(_ text: String) throws -> String {
    let source = SourceText(path: "d.yaml", text: text)
    let error = try #require(throws: DiagnosticList.self) { try DispatcherFile.parse(source) }
    return error.rendered(sources: [source])
}

/// Drives the dispatcher that `text` describes, with evidence that outlives it.
@discardableResult
func drive<Result: Sendable>(
    _ text: String,
    into evidence: RecordedEvidence = RecordedEvidence(),
    values: [String: JSONValue] = ["contract": .string("the contract")],
    clock: any RunClock = RealRunClock(),
    hosting: any ProcessHosting = ProcessHost(),
    body: (DispatcherUnderTest, RecordedEvidence) async throws -> Result
) async throws -> Result {
    try await drive(
        try description(text),
        into: evidence,
        values: values,
        clock: clock,
        hosting: hosting,
        body: body
    )
}

/// Drives a dispatcher, with evidence that outlives it.
@discardableResult
func drive<Result: Sendable>(
    _ description: DispatcherDescription,
    into evidence: RecordedEvidence,
    values: [String: JSONValue],
    clock: any RunClock = RealRunClock(),
    hosting: any ProcessHosting = ProcessHost(),
    body: (DispatcherUnderTest, RecordedEvidence) async throws -> Result
) async throws -> Result {
    let transport = try CurlTransport()
    do {
        let result = try await withDispatcherUnderTest(
            description,
            values: Placeholders(values),
            transport: transport,
            sink: evidence,
            clock: clock,
            hosting: hosting,
            body: { try await body($0, evidence) }
        )
        await transport.shutDown()
        return result
    } catch {
        await transport.shutDown()
        throw error
    }
}

/// A long-running shell script as a dispatcher; it is ready when it writes `ready`.
///
/// Unless a test wants a limit to run out, there is time enough for a host that is busy.
func shellService(
    _ script: String,
    within: String = "300s",
    stop: String = "{ within: 300s }"
) -> String {
    """
    dispatcher: a shell script
    start:
      command:
        - sh
        - -c
        - |
          \(script.replacing("\n", with: "\n      "))
    ready: { line: ready, within: \(within) }
    emit: { command: ["true"] }
    stop: \(stop)
    """
}

/// A shell script that is run once for each event.
func shellProgram(_ script: String, input: String = "{payload}") -> String {
    """
    dispatcher: a shell script
    emit:
      command:
        - sh
        - -c
        - |
          \(script.replacing("\n", with: "\n      "))
        - program
        - "{url}"
        - "{event_type}"
      input: "\(input)"
    """
}

/// Says that no process of that id runs any more; one that nobody has collected yet does not run.
func isGone(_ processID: Int) -> Bool {
    guard let state = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return true }
    return state.contains(") Z ")
}

/// Waits until a process is gone, and has the test fail if it never is.
func expectGone(_ processID: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let goes = try await comes { isGone(processID) }
    #expect(goes, "process \(processID) was left behind", sourceLocation: sourceLocation)
}

extension RecordedEvidence {
    /// The number in the line `child <number>`.
    var child: Int? {
        lines.lazy.compactMap { $0.hasPrefix("child ") ? Int($0.dropFirst(6)) : nil }.first
    }
}

extension EndpointFacts {
    static func named(
        _ name: String,
        url: String = "https://127.0.0.1:9/hooks",
        events: [String]? = nil,
        secret: String? = nil
    ) -> EndpointFacts {
        EndpointFacts(name: name, url: url, events: events, secret: secret, user: nil, password: nil, source: nil)
    }
}

extension EventFacts {
    static func of(_ type: String, payload: JSONValue = .object([])) -> EventFacts {
        EventFacts(
            name: "e1",
            type: type,
            sentType: type.uppercased(),
            payload: payload,
            source: nil,
            closedGates: [],
            again: nil
        )
    }
}
