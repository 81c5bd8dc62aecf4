/// A queue whose ends can both be reached at once, and every element in it by its place.
struct Ring<Element>: Sendable where Element: Sendable {
    private var slots: [Element?] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var first: Element? { isEmpty ? nil : self[0] }

    /// The element `place` behind the first; `nil` when there is none.
    subscript(place: Int) -> Element? {
        guard place >= 0, place < count else { return nil }
        return slots[slot(place)]
    }

    /// Changes the element `place` behind the first where it stands; does nothing when there is none.
    mutating func change(_ place: Int, _ change: (inout Element) -> Void) {
        guard place >= 0, place < count else { return }
        let slot = slot(place)
        // Taken out meanwhile, so that the arrays in it have one owner and are changed in place.
        guard var element = slots[slot].take() else { return }
        change(&element)
        slots[slot] = element
    }

    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        slots[slot(count)] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let element = slots[head].take()
        head = (head + 1) & (slots.count - 1)
        count -= 1
        return element
    }

    /// The elements from a place on, in order.
    func elements(from place: Int = 0, atMost limit: Int = .max) -> [Element] {
        let start = max(place, 0)
        guard start < count, limit > 0 else { return [] }
        return (start..<min(count, start + min(limit, count))).compactMap { self[$0] }
    }

    private func slot(_ place: Int) -> Int { (head + place) & (slots.count - 1) }

    /// Doubles the room, which is always a power of two.
    private mutating func grow() {
        let elements = elements()
        slots = elements.map { $0 } + Array(repeating: nil, count: max(elements.count, 16))
        head = 0
    }
}
