import Foundation
import ProgramRunning

/// A provider of our own making, small enough to break in one place.
enum Shop {
    static let contract = """
        provider: Shop
        slug: shop
        documents:
          manual: "The Shop's Manual"

        transport:
          scheme: { says: http or https, source: manual }
          method: { says: POST, source: manual }
          redirects: { says: refused, source: manual }
          certificates: { says: verified, source: manual }
        endpoint: unstated
        gates: []
        events:
          - name: order.placed
            wire_name: { says: order.placed, source: manual }
            occasion: unstated
            example: events/order.placed.json
        publication: unstated
        headers:
          - name: Content-Type
            value: { says: media type application/json, source: manual }
        body:
          format: { says: json, source: manual }
          schema: { inferred: schema.json, why: the sample has it so, source: manual }
          fields:
            - role: subject id
              at: { says: /order, source: manual }
          conditional: unstated
          watched: unstated
          forbidden: unstated
          substitutes: unstated
        signature: unstated
        response_limit: { says: 5s from start, source: manual }
        latency: unstated
        success: { says: 2xx, source: manual }
        retry:
          attempts: { says: exactly 1, source: manual }
          delays: { none: true, source: manual }
          counted_from: unstated
          failures: { none: true, source: manual }
          retry_after: unstated
          same_payload: unstated
        dedup: unstated
        guarantee: { says: best effort, source: manual }
        ordering: unstated
        disablement: unstated
        delivery_log: unstated
        """

    /// The event arrives; a busy host may take its time over it.
    ///
    /// It is for a dispatcher that delivers: one that does not is waited for two minutes. Nothing is inconclusive unless
    /// the host stalls for most of the quiet.
    static let good = """
        scenario: An accepted event arrives
        receiver:
          - respond: 200
        steps:
          - emit: order.placed
          - await: { attempts: 1, within: 2m }
          - quiet: 5s
        """

    /// The same for a dispatcher that delivers nothing.
    static let unheard = good.replacing("  - await: { attempts: 1, within: 2m }\n", with: "")

    /// Takes longer than any test, for somebody to end it.
    static let long = """
        scenario: Time passes
        receiver:
          - respond: 200
        steps:
          - emit: order.placed
          - wait: 20m
          - quiet: 500ms
        """

    static let wrongSyntax = "scenario: \"Unclosed\nreceiver:\n  - respond: 200\n"

    /// The same under the warped clock.
    static let warped = good.replacing("receiver:", with: "clock: warped\nreceiver:")

    /// Writes the provider to `<folder>/shop`, with these scenarios by name.
    static func set(up folder: URL, _ scenarios: [String: String] = ["good": good], contract: String = contract) throws
    {
        try folder.write(contract, to: "shop/contract.yaml")
        try folder.write(#"{"order": "ord_1", "total": 12}"#, to: "shop/events/order.placed.json")
        try folder.write(#"{"type": "object", "required": ["order"]}"#, to: "shop/schema.json")
        for (name, text) in scenarios { try folder.write(text, to: "shop/\(name).yaml") }
    }
}
