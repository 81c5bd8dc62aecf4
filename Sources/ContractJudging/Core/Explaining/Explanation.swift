/// What a report shows of a verdict beyond its sentence, so that nobody has to run the scenario again to understand it.
///
/// A verdict that holds needs none of it and has an empty one.
package struct Explanation: Sendable, Hashable {
    /// The lines of the contract or scenario in which the promise is written; `nil` when their text is not at hand.
    package var quote: SourceQuote?
    /// What was promised and what was seen, in figures; `nil` when the promise is not about a figure.
    package var comparison: Comparison?
    /// Other readings of the promise under which what was seen would be right; the nearest comes first.
    package var nearest: [String]
    /// How many findings of the verdict have the same nearest reading, of how many; `nil` when there is but one.
    package var agreement: Agreement?
    /// By how much the harness may have mismeasured, and whether that could turn the verdict; one sentence.
    package var measurement: String?
    /// The deliveries that the verdict is about; two where they are held against each other.
    package var stories: [DeliveryStory]
    /// Why the scenario exists; `nil` when it does not say.
    package var why: String?
    /// The variants of the contract that the scenario applies.
    package var variants: [String]

    /// Makes an explanation from what is known.
    package init(
        quote: SourceQuote? = nil,
        comparison: Comparison? = nil,
        nearest: [String] = [],
        agreement: Agreement? = nil,
        measurement: String? = nil,
        stories: [DeliveryStory] = [],
        why: String? = nil,
        variants: [String] = []
    ) {
        self.quote = quote
        self.comparison = comparison
        self.nearest = nearest
        self.agreement = agreement
        self.measurement = measurement
        self.stories = stories
        self.why = why
        self.variants = variants
    }
}

/// How many of several findings agree.
package struct Agreement: Sendable, Hashable {
    package var alike: Int
    package var all: Int

    package init(alike: Int, all: Int) {
        self.alike = alike
        self.all = all
    }
}

/// One delivery as a report tells it: its attempts on an axis of time, and what identifies each.
package struct DeliveryStory: Sendable, Hashable {
    /// What findings call it, such as `main · e1`.
    package var subject: String
    /// `nil` when a single moment is all there is to draw.
    package var timeline: AttemptTimeline?
    /// At most ``mostAttempts``, in order of arrival.
    package var attempts: [AttemptFacts]
    /// How many further attempts there were.
    package var omitted: Int

    /// The most attempts that are told one by one.
    package static let mostAttempts = 12

    /// Makes a story from its parts.
    package init(subject: String, timeline: AttemptTimeline?, attempts: [AttemptFacts], omitted: Int = 0) {
        self.subject = subject
        self.timeline = timeline
        self.attempts = attempts
        self.omitted = omitted
    }
}
