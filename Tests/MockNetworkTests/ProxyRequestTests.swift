import MockNetwork
import Testing

@Suite struct `Requests to the proxy` {
    private func request(_ text: String) -> ProxyRequest? { ProxyRequest(head: Array(text.utf8)) }

    @Test func `name a host and a port`() {
        let request = request("CONNECT 127.0.0.1:8443 HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(request?.method == "CONNECT")
        #expect(request?.target == "127.0.0.1:8443")
        #expect(request?.authority?.host == "127.0.0.1")
        #expect(request?.authority?.port == 8443)
        #expect(self.request("CONNECT [::1]:443 HTTP/1.0\r\n\r\n")?.authority?.host == "::1")
    }

    @Test(arguments: ["a", ":80", "a:", "a:0", "a:65536", "a:x", "a:-1", "[]:80"])
    func `may name none`(target: String) {
        let request = request("CONNECT \(target) HTTP/1.1\r\n\r\n")
        #expect(request != nil)
        #expect(request?.authority == nil)
    }

    @Test(arguments: ["", "CONNECT a:1", "CONNECT  HTTP/1.1", "CONNECT a:1 HTTP/2.0", "a b c d", "\u{0}\u{1}"])
    func `are none of HTTP`(line: String) {
        #expect(request(line + "\r\n\r\n") == nil)
    }
}
