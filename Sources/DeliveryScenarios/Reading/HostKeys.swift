import Notation

/// Finds the keys by which a script reads from the host it runs on: files and environment variables.
///
/// Whoever may send a script over the network must not be able to read them that way.
struct HostKeys {
    let log: DiagnosticLog

    /// Logs every such key below `node`.
    func refuse(in node: YAMLNode) {
        switch node {
        case .scalar: break
        case .sequence(let sequence): for item in sequence.items { refuse(in: item) }
        case .mapping(let mapping):
            for entry in mapping.entries {
                // What stands below is the name of a header.
                if entry.key.text == "headers" { continue }
                if entry.key.text == "body_file" {
                    log.error(
                        "`body_file` is for scripts in files",
                        at: entry.key.position,
                        help: "write the text as `body`"
                    )
                } else if entry.key.text == "secret", case .mapping(let secret) = entry.value {
                    log.error(
                        "a secret from the environment is for scripts in files",
                        at: secret.position,
                        help: "write the secret of a test here"
                    )
                }
                refuse(in: entry.value)
            }
        }
    }
}
