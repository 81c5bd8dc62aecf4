/// The checks of endpoints that are switched on and off.
enum EnablementChecks {
    static let all: [Check] = [
        InitialStateCheck.check,
        ActivationCheck.check,
        DisabledCheck.check,
        AutomaticDisablementCheck.check,
        DisablingStatusCheck.check,
    ]
}
