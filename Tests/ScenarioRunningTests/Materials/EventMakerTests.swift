import DeliveryScenarios
import DispatcherControl
import Foundation
import Notation
import RunClocks
import ScenarioRunning
import Testing
import WebhookContracts

@Suite struct `Made events` {
    /// 2026-03-03T14:30:00.250Z.
    private static let start = Date(timeIntervalSince1970: 1_772_548_200.25)

    private static func maker(_ contract: Contract? = nil) throws -> EventMaker {
        let clock = WallClock(startedAt: start, clock: ScriptedClock(sleeps: 0))
        return EventMaker(contract: try contract ?? Parish.contract(), wallClock: clock)
    }

    private static func override(_ pointer: String, _ value: JSONValue?) throws -> FieldOverride {
        FieldOverride(pointer: try JSONPointer(pointer), value: value)
    }

    @Test func `are the contract's example, about a thing of their own, happening now`() throws {
        var maker = try Self.maker()
        let first = try maker.make(Emission(event: "note.made"))
        let second = try maker.make(Emission(event: "note.made"))
        #expect(first.name == "e1")
        #expect(first.type == "note.made")
        #expect(first.again == nil)
        #expect(
            first.payload.compact()
                == #"{"type":"note.made","note":{"id":"n_7-1","at":"2026-03-03T14:30:00.250Z"},"source":"api","size":3}"#
        )
        #expect(second.name == "e2")
        #expect(second.payload.compact().contains(#""id":"n_7-2""#))
    }

    @Test func `tell the time in the form of the contract`() throws {
        var maker = try Self.maker(Parish.contract(form: "offset", time: "2020-01-01T00:00:00-07:00"))
        let made = try maker.make(Emission(event: "note.made"))
        #expect(made.payload.compact().contains(#""at":"2026-03-03T08:30:00-06:00""#), "\(made.payload.compact())")
    }

    @Test func `carry the name under which their type is sent`() throws {
        var maker = try Self.maker()
        #expect(try maker.make(Emission(event: "note.kept")).sentType == "NOTE_KEPT")
    }

    @Test func `are changed by overrides, in order, even where the maker puts something`() throws {
        var maker = try Self.maker()
        let emission = Emission(
            event: "note.made",
            overrides: [
                try Self.override("/note/id", .string("mine")),
                try Self.override("/size", .number("4")),
                try Self.override("/size", .number("5")),
                try Self.override("/note/at", nil),
            ]
        )
        #expect(
            try maker.make(emission).payload.compact()
                == #"{"type":"note.made","note":{"id":"mine"},"source":"api","size":5}"#
        )
    }

    @Test func `refuse an override that does not fit, by its name`() throws {
        var maker = try Self.maker()
        let emission = Emission(event: "note.made", overrides: [try Self.override("/size/deep", .number("1"))])
        let error = #expect(throws: ScenarioRunError.self) { try maker.make(emission) }
        #expect(error?.description == "'/size/deep' does not fit into the example of 'note.made'")
    }

    @Test func `name their source in the body too`() throws {
        var maker = try Self.maker()
        let made = try maker.make(Emission(event: "note.made", source: "ui", closedGates: ["shared"]))
        #expect(made.source == "ui")
        #expect(made.closedGates == ["shared"])
        #expect(made.payload.compact().contains(#""source":"ui""#))
        #expect(try maker.make(Emission(event: "note.made")).payload.compact().contains(#""source":"api""#))
    }

    @Test func `are the same once more when they are repeated, and always name the first`() throws {
        var maker = try Self.maker()
        let first = try maker.make(Emission(event: "note.made"))
        let second = try maker.make(Emission(event: "note.made", again: 1))
        let third = try maker.make(Emission(event: "note.made", again: 2))
        #expect(second.name == "e2")
        #expect(second.again == "e1")
        #expect(second.payload == first.payload)
        #expect(third.name == "e3")
        #expect(third.again == "e1")
        #expect(try maker.make(Emission(event: "note.made")).payload.compact().contains(#""id":"n_7-4""#))
    }

    @Test(arguments: [(0, 1), (1, 2)])
    func `are not repeated before they were made`(_ made: Int, _ again: Int) throws {
        var maker = try Self.maker()
        for _ in 0..<made { _ = try maker.make(Emission(event: "note.made")) }
        let error = #expect(throws: ScenarioRunError.self) {
            try maker.make(Emission(event: "note.made", again: again))
        }
        #expect(error?.description == "the scenario repeats event \(again), but only \(made) were emitted before")
    }

    @Test func `are of a type that the contract has`() throws {
        var maker = try Self.maker()
        let error = #expect(throws: ScenarioRunError.self) { try maker.make(Emission(event: "note.lost")) }
        #expect(error?.description == "the contract has no event 'note.lost'")
    }
}
