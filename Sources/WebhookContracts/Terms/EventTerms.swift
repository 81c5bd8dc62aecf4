package import Notation

/// One event type: its name, when it happens, and an example of its body.
package struct EventTerms: Sendable, Hashable {
    /// The name scenarios use; also the name on the wire unless `wireName` says otherwise.
    package var name: String
    /// The name as it is sent.
    package var wireName: Clause<String>
    /// When the event happens, as a sentence.
    package var occasion: Clause<String>
    /// The example body, as a path beside the contract file.
    package var examplePath: String
    /// The example body, in the form of the applied variants; `nil` when the file could not be read.
    package var example: JSONValue?
    /// Where the event stands in the contract file.
    package var position: SourcePosition?

    /// Makes an event type from its parts.
    package init(
        name: String,
        wireName: Clause<String>,
        occasion: Clause<String>,
        examplePath: String,
        example: JSONValue?,
        position: SourcePosition? = nil
    ) {
        self.name = name
        self.wireName = wireName
        self.occasion = occasion
        self.examplePath = examplePath
        self.example = example
        self.position = position
    }

    /// The name as it is sent, falling back on the scenario's name where the wire name is unstated.
    package var sentName: String { wireName.value ?? name }
}

/// How occurrences become events.
package struct PublicationTerms: Sendable, Hashable {
    /// Occurrences that count as one although several paths publish them.
    package var once: Clause<[PublicationRule]>

    /// Makes publication terms from their parts; what is left out is unstated.
    package init(once: Clause<[PublicationRule]> = .unstated) {
        self.once = once
    }
}

/// Says that publishing an event twice for the same subject gives one delivery.
package struct PublicationRule: Sendable, Hashable {
    package var events: [String]
    /// The body fields that identify the subject.
    package var key: [JSONPointer]

    /// Makes a publication rule from its parts.
    package init(events: [String], key: [JSONPointer]) {
        self.events = events
        self.key = key
    }
}
