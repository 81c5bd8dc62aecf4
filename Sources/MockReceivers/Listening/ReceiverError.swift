/// Why a receiver could not be opened.
package struct ReceiverError: Error, CustomStringConvertible {
    /// The name of the scenario's endpoint.
    package let endpoint: String

    /// What went wrong, as the system says it.
    let host: String
    package let problem: String

    package var description: String {
        "the receiver of endpoint \"\(endpoint)\" could not listen on \(host): \(problem)."
            + " Check that this process may open sockets there and has not run out of file descriptors"
    }
}
