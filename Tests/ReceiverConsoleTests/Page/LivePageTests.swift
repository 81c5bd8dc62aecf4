import CurlTransport
import Notation
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `The live page` {
    @Test func `has no markup made of text, no script within and nothing from outside`() async throws {
        try await withConsole { console in
            let script = try await console.call("GET", "/live.js").text
            let makers = [
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc",
            ]
            for word in makers { #expect(!script.contains(word), "\(word)") }
            let page = try await console.call("GET", "/").text
            #expect(!page.contains("<script>"))
            #expect(!page.contains(" onclick="))
            #expect(!page.contains("style="))
            for text in [page, script, try await console.call("GET", "/live.css").text] {
                #expect(!text.contains("//cdn") && !text.contains("https://") && !text.contains("@import"))
            }
        }
    }

    private static let hostile = #"<img src=x onerror="document.title='pwned'"><script>document.title='pwned'</script>"#

    @Test(.enabled(if: Browser.isThere, Browser.why))
    func `shows hostile requests as text`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"name": "<b>bold</b>", "script": "500, reset, 200"}"#)
            let headers = [HeaderField("Webhook-Id", Self.hostile), HeaderField("X-Evil", Self.hostile)]
            let body = Array((Self.hostile + "\u{1B}[2J\u{202E}\0").utf8)
            for _ in 1...3 { _ = try? await console.send("POST", url, body, headers: headers) }
            let seen = try await Browser.visit(
                console.url + "/#\(id)/2",
                [
                    "document.querySelectorAll('#timeline .chip').length === 3 && document.querySelector('#body').textContent",
                    "document.querySelector('#headers').textContent",
                    "document.querySelector('#timeline h4').textContent",
                    "[...document.querySelectorAll('#timeline .chip')].map((chip) => chip.getAttribute('aria-label'))",
                    "[...document.querySelectorAll('#timeline .gap:not([hidden])')].length",
                    "document.querySelector('#receipts').textContent",
                    "'images ' + document.images.length + ', title ' + document.title",
                    "document.querySelector('#endpoints button span').textContent",
                ]
            )
            try #require(seen.count == 9)
            #expect(seen[0].stringValue == Self.hostile + #"\u{1B}[2J\u{202E}\u{0}"#)
            #expect(seen[1].stringValue?.contains(Self.hostile) == true)
            #expect(seen[2].stringValue == "Delivery \(Self.hostile) — 3 attempts")
            let chips = seen[3].items?.compactMap(\.stringValue) ?? []
            #expect(chips.count == 3)
            for (chip, word) in zip(chips, ["500, failed", "reset after request, fault", "200, accepted"]) {
                #expect(chip.contains(word), "\(chip)")
            }
            #expect(seen[4].intValue == 2)
            #expect(seen[5].stringValue?.contains("RST after 0 bytes") == true)
            #expect(seen[6].stringValue == "images 0, title Hookassay receiver")
            #expect(seen[7].stringValue == "<b>bold</b>")
            #expect(seen[8] == .array([]))
        }
    }

    @Test(.enabled(if: Browser.isThere, Browser.why))
    func `shows what comes while one looks, and takes another script`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500"}"#)
            // The page itself may speak to nobody but the console, so the request comes from here.
            async let sent = send(to: url, by: console)
            let set = "document.querySelector('#script-text').value ="
            let seen = try await Browser.visit(
                console.url,
                [
                    "document.querySelector('#link').textContent === 'live' && 'live'",
                    "document.querySelector('#timeline .chip b')?.textContent === '500' && '500'",
                    "(\(set) '500, 50x'), document.querySelector('#apply').click(), 1",
                    "document.querySelector('#script-problems').textContent",
                    "(\(set) '410'), document.querySelector('#apply').click(), 1",
                    "document.querySelector('#script-state').textContent.startsWith('Applied') && 'applied'",
                    "document.querySelector('#timeline .chip').click(), 1",
                    "document.querySelector('#detail-title').textContent",
                    "document.querySelector('#replay').click(), 1",
                    "document.querySelector('#action-result').textContent.includes('410') && 'answered 410'",
                    "document.querySelectorAll('#timeline .chip').length === 2 && 'two'",
                ]
            )
            #expect(
                seen.dropLast().map { $0.stringValue ?? "\($0.intValue ?? -1)" } == [
                    "live", "500", "1", seen[3].stringValue ?? "", "1", "applied", "1", "Request 1 — POST /", "1",
                    "answered 410", "two",
                ]
            )
            #expect(seen[3].stringValue?.contains("line 1, column 6") == true)
            #expect(try await sent == 500)
            #expect(try await console.registry.endpoint(id).source == .line("410"))
            // The browser itself complains about the answer 422 to the wrong script, and about nothing else.
            let complaints = seen.last?.items?.compactMap(\.stringValue) ?? []
            #expect(complaints.allSatisfy { $0.contains("422") }, "\(complaints)")
        }
    }

    private func send(to url: String, by console: Console) async throws -> Int {
        try await Task.sleep(for: .seconds(3))
        return try await console.send("POST", url, Array("{}".utf8)).status
    }

    @Test(.enabled(if: Browser.isThere, Browser.why), arguments: [400, 1400])
    func `fits into the window`(_ width: Int) async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500, 200"}"#)
            let long = String(repeating: "W", count: 3000)
            let headers = [HeaderField("Webhook-Id", long), HeaderField("X-Long", long)]
            for _ in 1...2 { _ = try await console.send("POST", url + long, Array(long.utf8), headers: headers) }
            let fits = "document.documentElement.scrollWidth <= \(width) && 'fits'"
            let seen = try await Browser.visit(
                console.url + "/#\(id)",
                width: width,
                [
                    "document.querySelectorAll('#timeline .chip').length === 2 && 1", fits,
                    "document.querySelector('#timeline .chip').click(), 1",
                    "document.querySelector('#body').textContent.length === 3000 && 1", fits,
                    "document.querySelector('[data-view=bytes]').click(), 1", fits,
                ]
            )
            #expect([1, 4, 6].allSatisfy { seen[$0].stringValue == "fits" }, "\(seen)")
        }
    }
}
