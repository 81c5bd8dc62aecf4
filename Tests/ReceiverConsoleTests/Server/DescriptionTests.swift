import FoundationEssentials
import Notation
import ProgramRunning
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `The API's description` {
    @Test func `names every call, and no other`() async throws {
        try await withConsole { console in
            let document = try await console.call("GET", "/openapi.json").json
            #expect(document["openapi"]?.stringValue == "3.1.0")
            let paths = try #require(document["paths"]?.members)
            for path in paths {
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    let isDescribed = path.value[method.lowercased()] != nil
                    let url = path.name.replacing("{id}", with: "none").replacing("{n}", with: "1")
                    guard url != "/events" else { continue }
                    let answer = try await console.call(method, url, "{}")
                    // What is not routed says so; what is may miss the endpoint.
                    let isRouted = answer.json["error"]?.stringValue?.contains("nothing at this path") != true
                    #expect(isRouted == isDescribed, "\(method) \(path.name)")
                }
            }
        }
    }

    @Test func `has every answer's members`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            _ = try await console.send("POST", url, [1])
            let schemas = try await console.call("GET", "/openapi.json").json.at("/components/schemas")
            func names(_ schema: String) -> Set<String> {
                Set(schemas?[schema]?["properties"]?.members?.map(\.name) ?? [])
            }
            let endpoint = try await console.call("GET", "/api/endpoints/\(id)").json
            #expect(Set(endpoint.members?.map(\.name) ?? []) == names("Endpoint"))
            let list = try await console.call("GET", "/api/endpoints/\(id)/requests").json
            #expect(Set(list.at("/requests/0")?.members?.map(\.name) ?? []) == names("Request"))
            #expect(Set(list.at("/requests/0/answer")?.members?.map(\.name) ?? []) == names("Answer"))
            let finding = try await console.call("POST", "/api/endpoints/\(id)/verify", #"{"count": 1}"#).json
            #expect(Set(finding.members?.map(\.name) ?? []) == names("Finding"))
            let replay = try await console.call("POST", "/api/endpoints/\(id)/requests/1/replay").json
            #expect(Set(replay.members?.map(\.name) ?? []) == names("Replay"))
        }
    }

    @Test(.enabled(if: HostPrograms.python != nil, "there is no Python on this host"))
    func `is valid OpenAPI`() async throws {
        let python = try #require(HostPrograms.python)
        let look = try await ProgramRun.of(python, ["-c", "import openapi_spec_validator"], limit: .seconds(600))
        guard look.status == 0 else {
            try Test.cancel("openapi_spec_validator is not installed")
        }
        try await withConsole { console in
            let text = try await console.call("GET", "/openapi.json").text
            try await withTemporaryFolder { folder in
                try folder.write(text, to: "openapi.json")
                let program = """
                    import json, openapi_spec_validator
                    openapi_spec_validator.validate(json.load(open("openapi.json")))
                    """
                let run = try await ProgramRun.of(python, ["-c", program], in: folder.path(), limit: .seconds(600))
                #expect(run.status == 0, "\(run.everything)")
            }
        }
    }
}
