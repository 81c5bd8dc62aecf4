/// The checks of endpoints that are switched on and off.
enum EnablementChecks {
    static let all: [Check] = [
        UnusableURLCheck.check,
        InitialStateCheck.check,
        ActivationCheck.check,
        DisabledCheck.check,
        AutomaticDisablementCheck.check,
        DisablingStatusCheck.check,
        DisablementNoticeCheck.check,
        HandshakeCheck.check,
        SignatureProbeCheck.check,
    ]
}
