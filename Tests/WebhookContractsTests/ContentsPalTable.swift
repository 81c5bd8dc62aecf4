/// What `contract show contentspal` prints in 100 columns.
enum ContentsPalTable {
    static let text = """
        ContentsPal (contentspal): 3 events, 33 stated, 3 none, 5 inferred, 16 unstated

        reference: Webhooks - API Reference,
          support.contentspal.com/en/articles/14047692-webhooks-api-reference

        clause                   standing  what is said                            source
        -----------------------  --------  --------------------------------------  -------------------------
        transport
          scheme                 stated    https only                              reference § Configuration
          method                 stated    POST                                    reference § HTTP Request
          redirects              inferred  refused                                 reference § Error
                                           because a redirect is a non-2xx         Handling
                                           response, which the page counts as a
                                           failed delivery
          certificates           inferred  verified                                reference § Configuration
                                           because an HTTPS URL is required,
                                           which is worth nothing unless the
                                           certificate is verified
        endpoint
          count                  inferred  one                                     reference § Configuration
                                           because the configuration is a single
                                           field of the organization's settings,
                                           settings.webhook
          subscription           inferred  all                                     reference § Configuration
                                           because the configuration has a URL, a
                                           toggle and a secret, but nothing to
                                           choose events with
          toggle                 stated    true                                    reference § Configuration
        gates
          organization-link      stated    only jobs linked to the organization    reference § Events
                                           (sharing.organizationId) are
                                           published; holds back all events
        events
          job.created            stated    a new job is created in the             reference § Events
                                           organization; sent as job.created
          job.updated            stated    the name, customer or insurance         reference § Events
                                           details of a job change; sent as
                                           job.updated
          job.deleted            stated    a job is deleted; sent as job.deleted   reference § Events
        headers
          Content-Type           stated    media type application/json             reference § HTTP Request
          User-Agent             stated    literal ContentsPal-Webhook/1.0         reference § HTTP Request
          X-Webhook-Event        stated    event type                              reference § HTTP Request
          X-Webhook-Signature    stated    signature                               reference § HTTP Request
        body
          format                 stated    json                                    reference § HTTP Request
          schema                 stated    schema/envelope.json                    reference § Field Details
                                           note: the names of the field table
                                           were lost and are restored from the
                                           order of its rows, their types and the
                                           sample
          field: event type      stated    /event                                  reference § Field Details
          field: subject id      stated    /job/id                                 reference § Field Details
          field: dispatched at   stated    /timestamp, form utc                    reference § Field Details
          conditional            stated    /changes only for job.updated           reference § Field Details
                                           note: the event's name is lost from
                                           the table; the section on watched
                                           fields says which one it is
          watched                stated    entries of /changes name in `field`     reference § Watched
                                           one of jobName, settings.customer,      Fields
                                           settings.insurance; at least one makes
                                           job.updated
        signature
          header                 stated    X-Webhook-Signature                     reference § Verifying
                                                                                   Signatures
          algorithm              stated    hmac-sha256                             reference § Verifying
                                                                                   Signatures
          encoding               stated    hex                                     reference § Verifying
                                                                                   Signatures
          prefix                 stated    "sha256="                               reference § Verifying
                                                                                   Signatures
          key                    stated    text                                    reference § Verifying
                                                                                   Signatures
          content                stated    body                                    reference § Verifying
                                                                                   Signatures
          absent_without_secret  stated    true                                    reference § HTTP Request
        response_limit           stated    30s from start                          reference § HTTP Request
                                           note: the page gives the 30 seconds;
                                           that they count from the start of the
                                           attempt is inferred
        success                  stated    2xx                                     reference § Error
                                                                                   Handling
        retry
          attempts               stated    exactly 1                               reference § Error
                                                                                   Handling
          delays                 none      none                                    reference § Error
                                                                                   Handling
          counted_from           none      none                                    reference § Error
                                                                                   Handling
          failures               none      none                                    reference § Error
                                                                                   Handling
          retry_after            inferred  ignored                                 reference § Error
                                           because nothing is tried again, so      Handling
                                           there is nothing the header could put
                                           off
        guarantee                stated    best effort                             reference § Error
                                                                                   Handling
        delivery_log             stated    per event: unstated; per attempt:       reference § Error
                                           unstated                                Handling
                                           note: failed deliveries are logged on
                                           the server; what the log shows, and
                                           whether a customer can see it, is not
                                           said

        not stated
          endpoint: initial_state, activation_delivery, authentication, source_filter
          publication: once
          body: forbidden, substitutes
          signature: per_attempt
          latency
          retry: same_payload
          dedup
          ordering
          disablement: automatic, statuses, threshold, notification

        """
}
