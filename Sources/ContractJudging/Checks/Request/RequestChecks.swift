/// The checks of what a request looks like.
enum RequestChecks {
    static let all: [Check] = [
        EventNameChecks.names,
        EventNameChecks.agreement,
        EventNameChecks.quotes,
        EventIDCheck.check,
        HeaderPresenceCheck.check,
        UserAgentCheck.check,
        ConfiguredHeaderCheck.check,
        ContentTypeCheck.check,
        TimeFieldChecks.spelling,
        TimeFieldChecks.times,
        SchemaCheck.check,
        ConditionalFieldCheck.check,
        ForbiddenDataCheck.check,
        PreservationCheck.check,
        DecimalCheck.check,
        SubscriptionCheck.check,
        GateCheck.check,
    ]
}
