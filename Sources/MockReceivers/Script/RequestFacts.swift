package import DeliveryEvidence
package import DeliveryScenarios

/// What a request is, as far as its rule and its signature are concerned.
package struct RequestFacts: Sendable {
    package var method: String
    /// The request target as it was written, query included.
    package var target: String
    package var headers: [HeaderLine]
    package var body: [UInt8]

    package init(method: String, target: String, headers: [HeaderLine], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The target without its query.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of the first header called `name`, compared without case; `nil` when there is none.
    func value(of name: String) -> String? {
        headers.first { $0.isCalled(name) }?.value
    }
}

/// Says what the signature of a request is worth.
///
/// The receiver knows no contract; whoever opens it and knows one gives it this. It is asked on an event loop and must not
/// block.
package protocol SignatureReading: Sendable {
    func state(of request: RequestFacts) -> RequestPattern.SignatureState
}
