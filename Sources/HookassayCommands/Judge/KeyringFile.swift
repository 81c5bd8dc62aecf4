package import ContractJudging
package import DeliveryEvidence
import Foundation
import ScenarioRunning
import WebhookSigning

/// The throwaway secrets of a run, as `keyring.json` beside its evidence has them, so that its signatures can be checked
/// again.
///
/// They were drawn for that run and open nothing else. The file says which run it is of: the keys of another run would make
/// every signature look wrong.
package struct KeyringFile: Codable, Sendable {
    /// The name of the file beside the evidence.
    package static let name = "keyring.json"
    /// The version of the form that is written, and the newest that can be read.
    package static let currentFormat = 1
    /// The most bytes that are read of such a file (64 MiB).
    private static let longest = 64 << 20

    private var format: Int
    private var about: String
    /// When the run began, and its seed: together they tell it from others.
    private var startedAt: String
    private var seed: UInt64
    /// By scenario, then by endpoint.
    private var scenarios: [String: [String: Entry]] = [:]

    /// Makes the keyring of a run, with no keys yet.
    package init(of run: RunOpened) {
        format = Self.currentFormat
        about = "secrets drawn for this one run of hookassay; they open nothing else"
        startedAt = run.startedAt
        seed = run.seed
    }

    /// Takes the secrets of a scenario.
    mutating func add(_ secrets: [String: EndpointSecrets], of scenario: String) {
        scenarios[scenario] = secrets.mapValues { Entry($0) }
    }

    /// The keys of a scenario, for the judge; empty when there are none.
    package func keyring(of scenario: String) -> Keyring {
        Keyring((scenarios[scenario] ?? [:]).mapValues(\.judged))
    }

    /// Says that these are the keys of that run.
    package func belongs(to run: RunOpened) -> Bool {
        startedAt == run.startedAt && seed == run.seed
    }

    /// The bytes of the file; the same for the same secrets.
    func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: a ``JudgeError`` that says what is wrong and quotes nothing.
    package static func read(path: String) throws(JudgeError) -> KeyringFile {
        let data: Data
        do {
            data = try JudgedFile.bytes(path, atMost: longest)
        } catch {
            throw JudgeError("\(path): the keys cannot be read: \(error.message)")
        }
        do {
            let file = try JSONDecoder().decode(KeyringFile.self, from: data)
            guard file.format <= currentFormat else {
                throw JudgeError(
                    "\(path): the keys have format \(file.format), and this version reads up to \(currentFormat); read them"
                        + " with the version of hookassay that wrote them"
                )
            }
            return file
        } catch let error as JudgeError {
            throw error
        } catch {
            // The error of the decoder may quote the file.
            throw JudgeError(
                "\(path): this is not a keyring that `hookassay run` wrote; give the right one with --keys, or remove it"
            )
        }
    }
}

extension KeyringFile {
    /// What one endpoint was configured with.
    struct Entry: Codable, Sendable {
        /// What signatures are verified with.
        var secret: String
        var user: String
        var password: String
        /// What the secret was changed to, in order; `nil` when it never was.
        var next: [String]?

        init(_ secrets: EndpointSecrets) {
            next = secrets.next.isEmpty ? nil : secrets.next.map(\.verifier)
            secret = secrets.verifier
            user = secrets.user
            password = secrets.password
        }

        /// The same for the judge.
        var judged: Keyring.Entry {
            Keyring.Entry(
                secret: SigningKey(secret),
                user: user,
                password: SigningKey(password),
                next: (next ?? []).map { SigningKey($0) }
            )
        }
    }
}

extension KeyringFile: CustomStringConvertible, CustomReflectable {
    /// Tells nothing, so that no message can give a secret away.
    package var description: String { "the keys of a run" }

    /// A mirror without children.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
