import Notation
import ScenarioRunning
import Testing

@Suite struct `Ids of subjects` {
    @Test(
        arguments: [
            ("job_1", 3, "job_1-3"),
            ("", 3, "-3"),
            ("4711", 3, "4711-3"),
            ("0b1f9e64-5717-4562-b3fc-2c963f66afa6", 12, "0b1f9e64-5717-4562-b3fc-000000000012"),
            ("0B1F9E64-5717-4562-B3FC-2C963F66AFA6", 1, "0B1F9E64-5717-4562-B3FC-000000000001"),
            // MTIz is 123, MTAwNw== is 1007.
            ("MTIz", 7, "MTAwNw=="),
            // Base64 as well, but not of a number.
            ("aGVsbG8=", 7, "aGVsbG8=-7"),
        ] as [(String, Int, String)]
    )
    func `keep the shape of the example`(_ example: String, _ number: Int, _ id: String) {
        #expect(SubjectNaming.id(like: example, number: number) == id)
        #expect(SubjectNaming.id(like: .string(example), number: number) == .string(id))
    }

    @Test func `stay whole numbers where they are`() {
        #expect(SubjectNaming.id(like: .number("41"), number: 1) == .number("42"))
    }

    @Test(arguments: [.null, .bool(true), .array([]), .object([]), .number("1.5")] as [JSONValue])
    func `are not made up for anything else`(_ example: JSONValue) {
        #expect(SubjectNaming.id(like: example, number: 1) == nil)
    }

    @Test(arguments: ["job_1", "0b1f9e64-5717-4562-b3fc-2c963f66afa6", "MTIz"])
    func `differ from each other and from the example`(_ example: String) {
        let ids = (1...500).map { SubjectNaming.id(like: example, number: $0) }
        #expect(Set(ids + [example]).count == 501)
    }
}
