import Synchronization

/// Keeps the first value it is offered.
final class FirstOf<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    /// The first value; `nil` before.
    var value: Value? { kept.withLock { $0 } }

    /// Keeps `value` unless there is one already.
    func offer(_ value: Value) {
        kept.withLock { kept in
            if kept == nil { kept = value }
        }
    }
}

/// Keeps the value it was given last.
final class NewestOf<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    /// The newest value; `nil` before.
    var value: Value? { kept.withLock { $0 } }

    /// Keeps `value` in place of the one before.
    func take(_ value: Value) {
        kept.withLock { $0 = value }
    }
}

/// Keeps the first value it is offered for each name.
final class FirstByName<Value: Sendable>: Sendable {
    private let kept = Mutex<[String: Value]>([:])

    /// Keeps `value` unless the name has one already, and gives the one it keeps.
    func offer(_ value: Value, for name: String) -> Value {
        kept.withLock { kept in
            if let first = kept[name] { return first }
            kept[name] = value
            return value
        }
    }
}
