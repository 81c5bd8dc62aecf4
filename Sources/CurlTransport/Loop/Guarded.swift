import Glibc

/// A value that only one thread at a time can touch.
///
/// Built on `pthread_mutex_t` and not on `Synchronization.Mutex`, because the thread sanitizer understands the former
/// and reports every use of the latter as a race on Linux (its futex lives in a library that is not instrumented).
package final class Guarded<Value: Sendable>: @unchecked Sendable {
    // SAFETY: `value` is read and written only inside `withLock`, and `mutex` lives as long as the object.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Makes a guarded value that starts as `value`.
    package init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let code = pthread_mutex_init(mutex, nil)
        precondition(code == 0, "a mutex could not be made (errno \(code))")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` with the value while every other caller waits; `body` must be short and must not suspend.
    package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
