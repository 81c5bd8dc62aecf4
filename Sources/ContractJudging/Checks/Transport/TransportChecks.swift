/// The checks of how deliveries travel.
enum TransportChecks {
    static let all: [Check] = [
        HTTPSOnlyCheck.check,
        CertificateCheck.check,
        TLSVersionCheck.check,
        RequestLineCheck.check,
        RequestLengthCheck.check,
        AddressFamilyCheck.check,
    ]
}
