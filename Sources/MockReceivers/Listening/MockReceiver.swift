package import DeliveryScenarios

/// An open receiver: where it listens and what is going on there.
package struct MockReceiver: Sendable {
    /// The name of the scenario's endpoint.
    package let endpoint: String

    /// The port on the host's address.
    package let port: Int

    /// The endpoint's URL as it is registered with the dispatcher.
    package let url: String

    /// What is going on at this receiver.
    package let activity: ReceiverActivity

    let opened: OpenEndpoint

    /// Answers by another script from the next request on, from that script's beginning.
    package func play(_ script: ReplyScript) async {
        await opened.play(script)
    }
}

/// The receivers of one scenario.
package struct OpenReceivers: Sendable {
    /// In the order of the scenario's endpoints.
    package let all: [MockReceiver]

    /// What is going on at all of them together.
    package let activity: ReceiverActivity

    /// The receiver of the endpoint called `name`, or `nil`.
    package subscript(name: String) -> MockReceiver? {
        all.first { $0.endpoint == name }
    }
}
