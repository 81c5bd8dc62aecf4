import CurlTransport
import FaultProving
import Foundation
import MockReceivers

/// Makes proofs with what they need around them: an authority, its certificate in a file, and libcurl.
enum DoctorProofs {
    /// Makes the proofs and removes the file again.
    ///
    /// - Throws: an exit code when the file cannot be written, after saying why; else what libcurl says when it does not start.
    static func make(_ proofs: [FaultProof], width: Int) async throws -> [ProofResult] {
        let authority = try RunAuthority()
        let folder = try RunFolder.makeWork()
        // Should it stay behind: it is the public certificate of an authority that is gone.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let trustStore = folder + "/authority.pem"
        try Data(authority.caPEM.utf8).write(to: URL(filePath: trustStore))
        let transport = try CurlTransport()
        let runner = ProofRunner(authority: authority, trustStore: trustStore, transport: transport)
        let progress = DoctorProgress(total: proofs.count)
        let results = await runner.prove(proofs, width: width) { _ in progress.step() }
        progress.finish()
        await transport.shutDown()
        return results
    }
}
