import FaultProving
import Testing

@Suite struct `Sight of HTTP/2` {
    private let settings = HTTP2Frame(.settings, stream: 0).bytes
    /// `:status: 200` from the static table, and `content-length: 40` as a literal (RFC 7541).
    private let head = HTTP2Frame(.headers, flags: 4, stream: 1, payload: [0x88, 0x0F, 0x0D, 2, 0x34, 0x30]).bytes
    private let early = HTTP2Frame(.headers, flags: 4, stream: 1, payload: [0x08, 3, 0x31, 0x30, 0x33]).bytes

    private func data(_ count: Int, ends: Bool = false) -> [UInt8] {
        HTTP2Frame(.data, flags: ends ? 1 : 0, stream: 1, payload: [UInt8](repeating: 0x62, count: count)).bytes
    }

    private func mismatch(_ expected: ExpectedHTTP2, _ frames: [UInt8]) -> String? {
        expected.mismatch(HTTP2Sight(settings + frames))
    }

    @Test func `reads frames as they are written`() {
        let frame = HTTP2Frame(.data, flags: 1, stream: 1, payload: [1, 2, 3])
        #expect(HTTP2Frame.read(frame.bytes) == [frame])
        #expect(HTTP2Frame.read(Array(frame.bytes.dropLast())).isEmpty)
    }

    @Test func `finds a whole answer`() {
        let expected = ExpectedHTTP2(status: 200, body: .whole, streamEnd: .ended)
        #expect(mismatch(expected, head + data(40, ends: true)) == nil)
        #expect(mismatch(expected, head + data(40)) != nil)
        #expect(mismatch(expected, head + data(39, ends: true)) != nil)
        #expect(expected.mismatch(HTTP2Sight(head + data(40, ends: true))) == "no SETTINGS at the beginning")
    }

    @Test func `finds interim answers`() {
        let whole = head + data(40, ends: true)
        let expected = ExpectedHTTP2(status: 200, interim: [103], body: .whole, streamEnd: .ended)
        #expect(mismatch(expected, early + whole) == nil)
        #expect(mismatch(expected, whole) != nil)
    }

    @Test func `finds the codes of RST_STREAM and GOAWAY`() {
        let reset = HTTP2Frame(.resetStream, stream: 1, payload: [0, 0, 0, 8]).bytes
        let leave = HTTP2Frame(.goAway, stream: 0, payload: [0, 0, 0, 1, 0, 0, 0, 11]).bytes
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .bytes(17), resetCode: 8), head + data(17) + reset) == nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .bytes(17), resetCode: 7), head + data(17) + reset) != nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .bytes(17), resetCode: 8), head + data(17)) != nil)
        #expect(mismatch(ExpectedHTTP2(status: nil, goAwayCode: 11), leave) == nil)
        #expect(mismatch(ExpectedHTTP2(status: nil), leave) != nil)
        #expect(HTTP2Sight(settings + leave).goAway?.lastStream == 1)
    }

    @Test func `tells half a body, a surplus and an endless one apart`() {
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .half), head + data(20)) == nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .half), head + data(21)) != nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .surplus(10)), head + data(50)) == nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .surplus(10)), head + data(40)) != nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .endless(30)), head + data(50)) != nil)
    }

    @Test func `counts the bytes that are no frame`() {
        let garbage = [UInt8](repeating: 0xFF, count: 64)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .bytes(17), garbage: 64), head + data(17) + garbage) == nil)
        #expect(mismatch(ExpectedHTTP2(status: 200, body: .bytes(17)), head + data(17) + garbage) != nil)
    }
}
