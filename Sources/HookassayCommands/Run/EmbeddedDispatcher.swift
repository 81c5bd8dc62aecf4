import Notation

/// The description of the reference dispatcher, so that the first command works wherever the programs are.
///
/// `Scenarios/dispatchers/reference.yaml` is the same text, to start from; a test compares them.
package enum EmbeddedDispatcher {
    static let source = SourceText(path: "the embedded reference dispatcher", text: text)

    /// The text of the description.
    package static let text = """
        # How hookassay drives its own reference dispatcher. A description of any other dispatcher looks the same.
        # Documentation/dispatchers.md explains every key.
        dispatcher: Reference dispatcher

        start:
          command:
            - "{programs}/webhook-dispatcher"
            - --contract={contract}
            - --variant={variant}
            - --store={store}
            - --trust-store={trust_store}
            - --allow-network={allowed_network}
            - --resolver={resolver}
            - --proxy={proxy}

        ready:
          line: listening on {address}
          within: 60s

        register:
          post: "{address}/endpoints"
          body:
            id: "{endpoint}"
            url: "{url}"
            events: "{events}"
            secret: "{secret}"
            basic: { user: "{user}", password: "{password}" }
            source: "{event_source}"
            headers: "{headers}"

        enable: { post: "{address}/endpoints/{endpoint}/enable" }
        disable: { post: "{address}/endpoints/{endpoint}/disable" }
        delete: { delete: "{address}/endpoints/{endpoint}" }
        # Registering an endpoint again gives it another configuration.
        update:
          post: "{address}/endpoints"
          body:
            id: "{endpoint}"
            url: "{url}"
            events: "{events}"
            secret: "{secret}"
            basic: { user: "{user}", password: "{password}" }
            source: "{event_source}"
            headers: "{headers}"
        redeliver: { post: "{address}/deliveries/{delivery_id}/redeliver" }
        test: { post: "{address}/endpoints/{endpoint}/test" }
        rotate: { post: "{address}/endpoints/{endpoint}/rotate", body: { secret: "{secret}" } }

        emit:
          post: "{address}/events"
          body:
            type: "{event_type}"
            payload: "{payload}"
            source: "{source}"
            closed_gates: "{closed_gates}"
          capture: { event_id: /id }

        delivery_log:
          get: "{address}/deliveries"
          list: /deliveries
          fields:
            id: /id
            event id: /event_id
            event type: /event_type
            created at: /created_at
            url: /url
            latest status: /latest_status
            payload: /payload
            state: /state
          given_up: [exhausted, failed]
          attempts: /attempts
          attempt_fields:
            number: /number
            outcome: /status
            attempted at: /attempted_at
            response code: /response_code
            response headers: /response_headers
            response body: /response_body
            error: /error
            next attempt at: /next_attempt_at

        stop: { signal: TERM, within: 10s }
        store_outage: { sqlite: "{store}" }

        """
}
