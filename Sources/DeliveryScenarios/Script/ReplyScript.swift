package import Notation

/// The answers of one endpoint.
///
/// The turns advance when an attempt arrives, atomically and apart for each delivery; the last turn repeats.
package struct ReplyScript: Sendable, Hashable {
    /// What is answered in turn, unless a rule matches; empty only when there are rules, and then a request that matches
    /// none is answered with 404.
    package var turns: [ScriptTurn]
    /// What takes over some of the attempts; the first that applies counts.
    ///
    /// The turns count these attempts all the same.
    package var interruptions: [Interruption]
    /// Other turns for certain requests; the first rule that matches counts.
    package var rules: [ReplyRule]
    /// Provider's questions that are answered before anything else, and count as no attempt of any turn.
    package var handshakes: [Handshake]
    /// What identifies the delivery an attempt belongs to, tried in order; the first that is there counts.
    ///
    /// Empty means that every attempt at the endpoint belongs to one delivery.
    package var keys: [DeliveryKeySource]
    /// What chances and spread delays are drawn from; the same seed draws the same.
    package var seed: UInt64
    /// What the run's clock counts from, since 1970, for dates in headers; `nil` means that the host's clock tells them.
    package var clockStart: Duration?

    package init(
        turns: [ScriptTurn],
        interruptions: [Interruption] = [],
        rules: [ReplyRule] = [],
        handshakes: [Handshake] = [],
        keys: [DeliveryKeySource] = [],
        seed: UInt64 = 0
    ) {
        self.turns = turns
        self.interruptions = interruptions
        self.rules = rules
        self.handshakes = handshakes
        self.keys = keys
        self.seed = seed
    }

    /// Makes a script in which every reply is given once and the last one repeats.
    package init(replies: [Reply], keys: [DeliveryKeySource] = []) {
        self.init(turns: replies.map { ScriptTurn(reply: $0) }, keys: keys)
    }

    /// The replies of the turns in order.
    package var replies: [Reply] { turns.map(\.reply) }

    /// The turns that `place` speaks of, with their interruptions.
    private func lane(_ place: ReplyPlace) -> (turns: [ScriptTurn], interruptions: [Interruption])? {
        guard let name = place.rule else { return (turns, interruptions) }
        return rules.first { $0.name == name }.map { ($0.turns, $0.interruptions) }
    }

    /// The reply that stands at `place`, as it is written: a spread delay is not drawn.
    package func reply(at place: ReplyPlace) -> Reply? {
        guard let lane = lane(place) else { return nil }
        switch place.item {
        case .turn(let number): return lane.turns.indices.contains(number - 1) ? lane.turns[number - 1].reply : nil
        case .interruption(let number):
            return lane.interruptions.indices.contains(number - 1) ? lane.interruptions[number - 1].reply : nil
        case .handshake, .unmatched: return nil
        }
    }

    /// The reply to attempt `ordinal` (1-based) of a delivery in a script that has nothing but turns.
    ///
    /// Turns that happen to connections take no attempt; turns that hold for a time are counted once.
    package func reply(to ordinal: Int) -> Reply {
        var left = max(ordinal, 1)
        let lane = turns.filter { !$0.reply.happensToConnection }
        for turn in lane {
            left -= turn.times
            if left <= 0 { return turn.reply }
        }
        return lane.last?.reply ?? turns.last?.reply ?? .respond(Response(status: 404))
    }
}

/// One reply and how long it is given.
package struct ScriptTurn: Sendable, Hashable {
    package var reply: Reply
    /// To how many attempts of a delivery it is given, at least 1; for a reply that happens to connections, to how many
    /// of those.
    package var times: Int
    /// Instead of `times`: it is given to everything at the endpoint from the first time it is given until so long after.
    package var duration: Duration?

    package init(reply: Reply, times: Int = 1, duration: Duration? = nil) {
        self.reply = reply
        self.times = times
        self.duration = duration
    }
}

/// A reply that takes over some of the attempts.
package struct Interruption: Sendable, Hashable {
    /// Which attempts it takes over.
    package enum Moment: Sendable, Hashable {
        /// Each so-manieth attempt at the endpoint (of those that match, in a rule), at least 2; for a reply that happens to
        /// connections, each so-manieth of those.
        case every(Int)
        /// Each attempt (or connection) with this chance, above 0 and at most 1, drawn from the seed (or from the script's).
        case chance(Double, seed: UInt64?)
        /// Attempts that arrive so long after the receiver was opened, from `from` until `from + duration`.
        case window(from: Duration, duration: Duration)
    }

    package var reply: Reply
    package var moment: Moment

    package init(reply: Reply, moment: Moment) {
        self.reply = reply
        self.moment = moment
    }
}

/// Turns for the requests that match a pattern.
package struct ReplyRule: Sendable, Hashable {
    /// Unique in the script.
    package var name: String
    package var pattern: RequestPattern
    /// Not empty.
    package var turns: [ScriptTurn]
    package var interruptions: [Interruption]

    package init(name: String, pattern: RequestPattern, turns: [ScriptTurn], interruptions: [Interruption] = []) {
        self.name = name
        self.pattern = pattern
        self.turns = turns
        self.interruptions = interruptions
    }
}

/// Where the key of a delivery stands in a request.
package enum DeliveryKeySource: Sendable, Hashable {
    case header(String)
    /// Body fields that together make the key (JSON, or a form with bracketed names).
    case fields([JSONPointer])
}
