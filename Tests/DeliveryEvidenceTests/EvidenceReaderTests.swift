import DeliveryEvidence
import Foundation
import Testing

@Suite struct `Evidence reader` {
    private static let head =
        #"{"at":0,"clock":"real","cores":2,"format":1,"host":"box","seed":7,"seq":1,"#
        + #""startedAt":"2026-01-02T03:04:05.678Z","tool":"0.1.0","type":"run.opened"}"#

    private func reading(_ text: String) async throws -> EvidenceRun {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            try Data(text.utf8).write(to: URL(filePath: path))
            return try EvidenceReader.read(path: path)
        }
    }

    private func problem(of text: String) async throws -> (line: Int?, message: String) {
        let error = await #expect(throws: EvidenceReadError.self) { try await reading(text) }
        return (error?.line, error?.message ?? "")
    }

    @Test func `gives the head, the end and a history for each scenario in order`() async throws {
        let run = try await reading(
            """
            \(Self.head)
            {"at":5,"scenario":"p/b","seq":2,"step":1,"text":"quiet","type":"step.began"}
            {"at":6,"file":"a.yaml","provider":"p","reason":"no time","scenario":"p/a","seq":3,"title":"A",\
            "type":"scenario.skipped"}
            {"at":7,"scenario":"p/b","seq":4,"step":1,"type":"step.ended"}
            {"at":9,"interrupted":false,"seq":5,"type":"run.closed"}

            """
        )
        #expect(run.opened.seed == 7)
        #expect(run.closed == RunClosed(interrupted: false))
        #expect(run.histories.map(\.scenario) == ["p/b", "p/a"])
        #expect(run.histories[0].steps.first?.ended == Stamp(nanoseconds: 7))
        #expect(run.histories[0].startedAt == "2026-01-02T03:04:05.678Z")
        #expect(run.histories[1].skipped?.reason == "no time")
        #expect(run.notes.isEmpty)
        #expect(run.recordCount == 5)
    }

    @Test func `reads logs of the real clock that do not say so, with both stamps the same`() async throws {
        let run = try await reading(
            """
            \(Self.head)
            {"at":5,"scenario":"p/b","seq":2,"step":1,"text":"quiet","type":"step.began"}
            {"at":9,"began":7,"seq":3,"type":"host.stalled"}
            {"at":12,"scenario":"p/b","seq":4,"step":1,"type":"step.ended"}

            """
        )
        let history = try #require(run.histories.first)
        #expect(history.realSpan == Stamp(nanoseconds: 5)...Stamp(nanoseconds: 12))
        #expect(history.span == history.realSpan)
        #expect(history.clock == ClockHistory())
        #expect(!history.clock.isWarped && history.clock.name == "real")
        #expect(history.stalls.count == 1)
        #expect(history.startedAt == "2026-01-02T03:04:05.678Z")
    }

    @Test func `passes over a last line that a killed run did not finish, with a note`() async throws {
        let run = try await reading(Self.head + "\n" + #"{"at":5,"scenario":"p/b","seq":2,"st"#)
        #expect(run.recordCount == 1)
        #expect(run.notes.first == "line 2 was not finished when the run was killed; it is left out")
    }

    @Test func `takes a last line that only lacks its line feed`() async throws {
        let run = try await reading(Self.head + "\n" + #"{"at":5,"interrupted":true,"seq":2,"type":"run.closed"}"#)
        #expect(run.closed?.interrupted == true)
        #expect(run.notes.isEmpty)
    }

    @Test func `refuses a damaged line in the middle, naming it`() async throws {
        let (line, message) = try await problem(of: Self.head + "\n{\"at\":5,\n" + Self.head + "\n")
        #expect(line == 2)
        #expect(message.contains("not a record"))
    }

    @Test func `refuses a newer format, whatever else is in it`() async throws {
        let (line, message) = try await problem(of: #"{"type":"run.opened","format":2,"shape":"new"}"# + "\n???\n")
        #expect(line == 1)
        #expect(
            message == "the log has format 2, and this version reads up to 1; read it with the version of hookassay"
                + " that wrote it"
        )
    }

    @Test func `refuses a record of a type that it does not know, naming type and line`() async throws {
        let (line, message) = try await problem(
            of: Self.head + "\n" + #"{"at":1,"seq":2,"type":"dream.dreamt"}"# + "\n"
        )
        #expect(line == 2)
        #expect(message.contains("'dream.dreamt'"))
    }

    @Test(arguments: ["", "hello\n", "{}\n", #"{"type":"run.closed","format":1}"# + "\n"])
    func `refuses what is no evidence log`(text: String) async throws {
        let (_, message) = try await problem(of: text)
        #expect(message.contains("check the path"))
    }

    @Test func `says where nothing is`() throws {
        let error = #expect(throws: EvidenceReadError.self) { try EvidenceReader.read(path: "/nowhere/e.ndjson") }
        #expect(error?.description == "/nowhere/e.ndjson: there is no such file; check the path")
    }

    @Test func `notes gaps in the numbering and a run without end`() async throws {
        let run = try await reading(
            Self.head + "\n" + #"{"at":7,"scenario":"p/b","seq":4,"step":1,"type":"step.ended"}"# + "\n"
        )
        #expect(run.notes == ["2 records are missing in the log", "the run did not come to its end"])
    }

    @Test func `reads lines longer than a chunk`() async throws {
        let text = String(repeating: "x", count: 3 << 20)
        let line = #"{"at":5,"life":1,"line":"\#(text)","scenario":"p/b","seq":2,"type":"dispatcher.output"}"#
        let run = try await reading([Self.head, line, line, ""].joined(separator: "\n"))
        #expect(run.histories.first?.output.map(\.value.line.utf8.count) == [3 << 20, 3 << 20])
    }
}
