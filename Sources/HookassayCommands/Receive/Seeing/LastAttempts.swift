import DeliveryEvidence

/// How many attempts of each delivery came and when the last did, for a bounded number of deliveries.
///
/// It keeps the latest few thousand and forgets the rest: a dispatcher that invents a key for each request costs no more
/// memory than another.
struct LastAttempts {
    /// What is remembered of a delivery.
    struct Memory {
        var attempts: Int
        var last: Stamp
    }

    private static let generation = 5000

    private var young: [Int: Memory] = [:]
    private var old: [Int: Memory] = [:]

    /// Notes an attempt and gives what was known of its delivery before; `nil` when nothing is remembered.
    ///
    /// A key may be long, so only its hash is kept.
    ///
    /// - Parameter least: which attempt it is at least, by the script's own count.
    mutating func note(_ endpoint: String, _ key: String?, at stamp: Stamp, least: Int) -> Memory? {
        var hasher = Hasher()
        hasher.combine(endpoint)
        hasher.combine(key)
        let delivery = hasher.finalize()
        let before = young[delivery] ?? old[delivery]
        young[delivery] = Memory(attempts: max((before?.attempts ?? 0) + 1, least), last: stamp)
        if young.count >= Self.generation {
            old = young
            young = [:]
        }
        return before
    }
}
