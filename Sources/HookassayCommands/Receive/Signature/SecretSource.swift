import ArgumentParser
import Foundation

/// Where a secret is to be found; a command line is no place for one, since every process of the host can read it.
struct SecretSource: ExpressibleByArgument {
    private enum Place {
        case environment(String)
        case file(String)
    }

    /// Why there is no secret; never quotes one.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private let place: Place

    /// Reads `env:NAME` or `file:PATH`.
    init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":") else { return nil }
        let name = String(argument[argument.index(after: colon)...])
        guard !name.isEmpty else { return nil }
        switch argument[..<colon] {
        case "env": place = .environment(name)
        case "file": place = .file(name)
        default: return nil
        }
    }

    /// The secret, without the line break that a file may end with.
    ///
    /// - Throws: ``Missing``.
    func secret() throws(Missing) -> String {
        switch place {
        case .environment(let name):
            guard let secret = ProcessInfo.processInfo.environment[name], !secret.isEmpty else {
                throw Missing(description: "--secret: the environment variable \(name) is not set; set and export it")
            }
            return secret
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Missing(description: "--secret: the file '\(path)' cannot be read; check the path and its rights")
            }
            guard var secret = String(validating: data, as: UTF8.self) else {
                throw Missing(description: "--secret: the file '\(path)' is not text; write the secret as text")
            }
            while secret.last?.isNewline == true { secret.removeLast() }
            guard !secret.isEmpty else {
                throw Missing(description: "--secret: the file '\(path)' is empty; write the secret into it")
            }
            return secret
        }
    }
}
