/// Something that keeps a scenario from being carried through, as one sentence.
package struct ScenarioRunError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
