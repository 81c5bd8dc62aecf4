/// Everything a receiver claims to be able to do, as proofs.
package enum ProofCatalogue {
    /// All proofs, group by group.
    package static var all: [FaultProof] {
        AnswerProofs.all + CutProofs.all + ByteProofs.all + AcknowledgementProofs.all + PortProofs.all
            + HandshakeProofs.all + HTTP2Proofs.all + ImpossibleProofs.all
    }
}
