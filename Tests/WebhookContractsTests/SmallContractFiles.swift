extension SmallContract {
    /// The files beside the contract.
    static let files = [
        "events/note.created.json": """
        {"id": "evt_1", "type": "note.created", "at": "2026-03-03T14:30:00.000Z", "source": "ui", "user": 7}
        """,
        "events/note.edited.json": """
        {"id": "evt_2", "type": "note.edited", "at": "2026-03-03T14:31:00.000Z", "source": "api",
         "changes": [{"field": "title"}], "editor": "Ana"}
        """,
        "schema.json": """
        {"type": "object", "required": ["id", "type"], "properties": {"id": {"type": "string"}, "user": {"type": "integer"}}}
        """,
    ]

    /// A contract without contradictions.
    static let original = """
        provider: Small
        slug: small
        documents:
          manual: "The Manual, manual.example/webhooks"

        transport:
          scheme: { says: https only, source: manual § URLs }
          method: { says: POST, source: manual }
          redirects: { says: refused, source: manual }
          certificates: { says: verified, source: manual }

        endpoint:
          count: { says: any, source: manual }
          subscription: { says: chosen, source: manual }
          initial_state: { says: deactivated, source: manual }
          activation_delivery: { says: true, source: manual }
          toggle: { says: true, source: manual }
          authentication: { says: [none, basic], source: manual }
          source_filter: { says: [ui], source: manual }

        gates:
          - name: shared
            rule: { says: the note is shared, source: manual }
            holds_back: [note.edited]

        events:
          - name: note.created
            wire_name: { says: note.created, source: manual }
            occasion: { says: a note is created, source: manual }
            example: events/note.created.json
          - name: note.edited
            wire_name: { says: note.edited, source: manual }
            occasion: { says: a note is edited, source: manual }
            example: events/note.edited.json

        publication:
          once: { says: { events: [note.created], key: /id }, source: manual }

        headers:
          - name: Content-Type
            value: { says: media type application/json, source: manual }
          - name: X-Id
            value: { says: event id, source: manual }
          - name: X-Attempt
            value: { says: attempt number, source: manual }
          - name: X-Signature
            value: { says: signature, source: manual }

        body:
          format: { says: json, source: manual }
          schema: { says: schema.json, source: manual }
          fields:
            - role: event type
              at: { says: /type, source: manual }
            - role: event id
              at: { says: /id, source: manual }
            - role: occurred at
              form: utc
              at: { says: /at, source: manual }
            - role: source
              at: { says: /source, source: manual }
          conditional:
            - says: { field: /changes, only_for: [note.edited] }
              source: manual
            - says: { field: /user, only_when: { field: /source, equals: ui } }
              source: manual
          watched:
            - says: { list: /changes, member: field, values: [title, text], triggers: note.edited }
              source: manual
          forbidden:
            - says: { events: [note.created], names: [email] }
              source: manual
          substitutes:
            - says: { event: note.edited, at: /editor, text: nobody }
              source: manual

        signature:
          header: { says: X-Signature, source: manual }
          algorithm: { says: hmac-sha256, source: manual }
          encoding: { says: hex, source: manual }
          prefix: { says: "sha256=", source: manual }
          key: { says: base64 after whsec_, source: manual }
          content: { says: body, source: manual }
          absent_without_secret: { says: true, source: manual }
          per_attempt: { says: fresh, source: manual }

        response_limit: { says: 5s from start, source: manual }
        latency: { says: 1m, source: manual }
        success: { says: [200, 202-204], source: manual }

        retry:
          attempts: { says: exactly 3, source: manual }
          delays: { says: [5m, 10m], source: manual }
          counted_from: { says: previous failure, source: manual }
          failures: { says: [network, timeout, 4xx, 5xx], source: manual }
          retry_after: { says: honoured, source: manual }
          same_payload: { inferred: true, why: nothing else is said, source: manual }

        dedup: { says: { header: X-Id, fields: [/id] }, source: manual }
        guarantee: { says: bounded retries, source: manual }
        ordering: { says: unordered, source: manual }

        disablement:
          automatic: { says: may, source: manual }
          statuses: { says: 410, source: manual }
          threshold: { says: ten failures in a row, source: manual }
          notification: { none: true, source: manual }

        delivery_log: { says: { event: [id, url], attempt: unstated }, source: manual }

        variants:
          moved:
            says: another edition, in which the type stands elsewhere
            changes:
              transport:
                method: { says: PUT, source: manual }
              events:
                - name: note.made
                  wire_name: { says: note.made, source: manual }
                  occasion: { says: a note is created, source: manual }
                  example: events/note.created.json
              gates: unstated
              publication: unstated
              body:
                fields:
                  - role: event type
                    at: { says: /meta/type, source: manual }
                  - role: event id
                    at: { says: /key, source: manual }
                schema: unstated
                conditional: unstated
                watched: unstated
                forbidden: unstated
                substitutes: unstated
              endpoint:
                source_filter: unstated
              dedup: { says: { header: X-Id, fields: [/key] }, source: manual }
        """
}
