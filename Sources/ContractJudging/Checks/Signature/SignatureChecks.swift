/// The checks of signatures.
enum SignatureChecks {
    static let all: [Check] = [
        SignatureBytesCheck.check,
        SignatureEncodingCheck.check,
        SignatureAbsenceCheck.check,
        AlgorithmHeaderCheck.check,
        SignedContentCheck.check,
        AttemptSigningCheck.check,
        OwnSecretCheck.check,
        SignatureSizeCheck.check,
        ChangingBodyCheck.check,
        TimestampCheck.check,
        UnambiguousContentCheck.check,
        RotationCheck.check,
        DigestCheck.check,
        CodedBodyCheck.check,
    ]
}
