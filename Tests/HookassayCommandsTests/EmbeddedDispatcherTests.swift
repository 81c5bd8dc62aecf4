import HookassayCommands
import ProgramRunning
import Testing

@Suite struct `Embedded description of the reference dispatcher` {
    @Test func `is the shipped one`() throws {
        let shipped = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml")
        #expect(EmbeddedDispatcher.text == shipped)
    }
}
