import DeliveryEvidence
import Foundation
import Glibc
import ScenarioRunning

/// Keeps `keyring.json` beside the evidence up to date while a run goes on, so that a killed run leaves its keys too.
actor KeyringWriting {
    private let path: String
    private var file: KeyringFile
    private var isBroken = false

    /// Writes the file of a run that has drawn no keys yet.
    ///
    /// - Throws: an exit code, after saying why it cannot be written.
    init(out: String, run: RunOpened) throws {
        path = out + "/" + KeyringFile.name
        file = KeyringFile(of: run)
        do {
            try Self.write(try file.bytes(), to: path)
        } catch {
            StandardStreams.complain("hookassay: cannot write the keys of the run: \(error); or run with --no-keyring")
            throw ExitStatus.failed.exit
        }
    }

    /// Adds the secrets of a scenario.
    ///
    /// What cannot be written is told once; the run itself does not need the file.
    func add(_ secrets: [String: EndpointSecrets], of scenario: String) {
        file.add(secrets, of: scenario)
        guard !isBroken else { return }
        do {
            try Self.write(try file.bytes(), to: path)
        } catch {
            isBroken = true
            StandardStreams.complain(
                "hookassay: cannot write the keys of the run: \(error); 'hookassay judge' will not check its signatures"
            )
        }
    }

    /// Removes the keys of an earlier run from the folder; anything but a plain file stays.
    ///
    /// - Throws: an exit code, after saying why they cannot be removed.
    static func removeOld(in out: String) throws {
        let path = out + "/" + KeyringFile.name
        guard JudgedFile.isPlain(path), unlink(path) != 0 else { return }
        let reason = String(cString: strerror(errno)).lowercased()
        StandardStreams.complain("hookassay: cannot remove the old '\(path)': \(reason); remove it yourself")
        throw ExitStatus.failed.exit
    }

    /// Writes a new file beside and puts it in the old one's place: nobody sees half a file, and nothing is written through a
    /// link that somebody laid.
    private static func write(_ bytes: Data, to path: String) throws(JudgeError) {
        let new = path + ".new"
        if JudgedFile.isPlain(new) { unlink(new) }
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal(new, errno) }
        let code = bytes.withUnsafeBytes { bytes -> Int32 in
            var offset = 0
            while offset < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                offset += count
            }
            return 0
        }
        close(descriptor)
        guard code == 0, rename(new, path) == 0 else {
            let why = refusal(path, code == 0 ? errno : code)
            unlink(new)
            throw why
        }
    }

    private static func refusal(_ path: String, _ code: Int32) -> JudgeError {
        let reason = String(cString: strerror(code)).lowercased()
        return JudgeError("'\(path)': \(reason); remove what is in the way, or name another folder with --out")
    }
}
