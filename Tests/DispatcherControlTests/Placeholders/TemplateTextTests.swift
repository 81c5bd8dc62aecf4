import DispatcherControl
import Testing

@Suite struct `Template texts` {
    @Test(arguments: [
        ("listening on {address}", "2026 INFO listening on http://127.0.0.1:80 (pid 4)", "http://127.0.0.1:80"),
        ("listening on {address}", "listening on http://[::1]:80", "http://[::1]:80"),
        ("port={port},", "up port=8080, ok", "8080"),
        ("{address} is up", "http://h is up", "http://h"),
        ("\"url\":\"{address}\"", #"{"level":"info","url":"http://h:1","pid":2}"#, "http://h:1"),
    ])
    func `capture up to white space or what follows`(_ pattern: String, _ line: String, _ value: String) throws {
        let captured = try #require(TemplateText(pattern).capture(from: line))
        #expect(captured.value == value)
    }

    @Test(arguments: [
        ("listening on {address}", "listening"), ("listening on {address}", "listening on "),
        ("port={port},", "port=8080;"), ("plain", "plain"),
    ])
    func `capture nothing from another line`(_ pattern: String, _ line: String) {
        #expect(TemplateText(pattern).capture(from: line) == nil)
    }

    @Test func `consist of pieces`() {
        #expect(
            TemplateText("a{b}{c_d}e{F}").pieces == [
                .literal("a"), .placeholder("b"), .placeholder("c_d"), .literal("e{F}"),
            ]
        )
        #expect(TemplateText("{x}").wholePlaceholder == "x")
        #expect(TemplateText("{x} ").wholePlaceholder == nil)
        #expect(TemplateText("{").pieces == [.literal("{")])
    }
}
