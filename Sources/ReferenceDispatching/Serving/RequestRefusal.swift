/// Why a request to the dispatcher's API is refused, for the person who sent it.
package struct RequestRefusal: Error, Sendable, Hashable {
    /// The HTTP status of the answer.
    package var status: Int
    /// What is wrong and how to put it right; never holds a secret.
    package var message: String

    /// Refuses a request; 422, unless another status says it better.
    package init(_ message: String, status: Int = 422) {
        self.message = message
        self.status = status
    }
}
