/// The checks of credentials, secrets and what an event's text can do.
enum SecurityChecks {
    static let all: [Check] = [
        BasicCredentialsCheck.check,
        SecretLeakCheck.check,
        HeaderInjectionCheck.check,
        PrivateAddressCheck.check,
        RebindingCheck.check,
        ProxyCheck.check,
        TestDeliveryCheck.check,
    ]
}
