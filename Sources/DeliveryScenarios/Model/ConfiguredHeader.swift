/// A header of its owner's own that an endpoint is registered with.
package struct ConfiguredHeader: Sendable, Hashable {
    package var name: String
    /// May hold what no header can, such as a line break: whether that is refused is what is asked.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
