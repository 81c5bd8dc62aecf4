import Foundation
import WebhookContracts

/// A contract whose one event has a field for every role.
enum Parish {
    /// Reads the contract, whose times are written like `time`.
    static func contract(form: String = "utc", time: String = "2020-01-01T00:00:00.000Z") throws -> Contract {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parish-\(UUID().uuidString)/parish")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What cannot be removed is a file of the system's own temporary folder; no test is about it.
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        for type in ["note.made", "NOTE_KEPT"] {
            let example =
                #"{"type": "\#(type)", "note": {"id": "n_7", "at": "\#(time)"}, "source": "api", "size": 3}"#
            try Data(example.utf8).write(to: folder.appending(path: type + ".json"))
        }
        let file = folder.appending(path: "contract.yaml")
        try Data(text.replacing("FORM", with: form).utf8).write(to: file)
        return try ContractFile.load(path: file.path)
    }

    private static let text = """
        provider: Parish
        slug: parish
        documents: { manual: "The Manual" }
        transport: unstated
        endpoint:
          count: unstated
          subscription: unstated
          initial_state: unstated
          activation_delivery: unstated
          toggle: unstated
          authentication: unstated
          source_filter: { says: [ui, api], source: manual }
        gates: []
        events:
          - name: note.made
            wire_name: { says: note.made, source: manual }
            occasion: unstated
            example: note.made.json
          - name: note.kept
            wire_name: { says: NOTE_KEPT, source: manual }
            occasion: unstated
            example: NOTE_KEPT.json
        publication: unstated
        headers: []
        body:
          format: { says: json, source: manual }
          schema: unstated
          fields:
            - { role: event type, at: { says: /type, source: manual } }
            - { role: subject id, at: { says: /note/id, source: manual } }
            - { role: subject id, at: { says: /letter/id, source: manual } }
            - { role: occurred at, form: FORM, at: { says: /note/at, source: manual } }
            - { role: source, at: { says: /source, source: manual } }
          conditional: unstated
          watched: unstated
          forbidden: unstated
          substitutes: unstated
        signature: unstated
        response_limit: unstated
        latency: unstated
        success: unstated
        retry: unstated
        dedup: unstated
        guarantee: unstated
        ordering: unstated
        disablement: unstated
        delivery_log: unstated
        """
}
