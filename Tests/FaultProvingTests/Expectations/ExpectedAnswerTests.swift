import FaultProving
import Testing

@Suite struct `Expected answer` {
    private let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func mismatch(_ expected: ExpectedAnswer, _ text: String) -> String? {
        expected.mismatch(Samples.bytes(text))
    }

    @Test func `counts the bytes that belong to nothing`() {
        let whole = Samples.head + Samples.body
        #expect(mismatch(.upTo(.whole, extra: 10), whole + "0123456789") == nil)
        #expect(mismatch(.upTo(.whole, extra: 10), whole + "012345678") != nil)
        #expect(mismatch(.upTo(.nothing, extra: 10), "01234") != nil)
    }

    @Test func `wants the malformed size line behind so many lawful bytes`() {
        let expected = ExpectedAnswer.malformedChunk(after: 3)
        #expect(mismatch(expected, chunked + "3\r\nabc\r\nno size\r\n") == nil)
        #expect(mismatch(expected, chunked + "2\r\nab\r\nno size\r\n") != nil)
        #expect(mismatch(expected, chunked + "3\r\nabc\r\n0\r\n\r\n") != nil)
        #expect(mismatch(expected, chunked + "3\r\nabc\r\n5\r\nab") != nil)
        #expect(mismatch(expected, Samples.head + "abc") != nil)
    }

    @Test func `tells an endless body from a long one and from an endless head`() {
        let body = ExpectedAnswer.endless(inHead: false, atLeast: 60)
        #expect(mismatch(body, chunked + "64\r\n" + Samples.body) == nil)
        #expect(mismatch(body, chunked) != nil)
        #expect(mismatch(body, Samples.head + Samples.body) != nil)
        #expect(mismatch(.endless(inHead: true, atLeast: 20), "HTTP/1.1 200 OK\r\nA: 1\r\nA: 1\r\n") == nil)
        #expect(mismatch(.endless(inHead: true, atLeast: 20), chunked) != nil)
    }

    @Test func `looks at interim answers, status and length of a lawful one`() {
        let whole = Samples.head + Samples.body
        let early = "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
        #expect(mismatch(.lawful(status: 200), whole) == nil)
        #expect(mismatch(.lawful(status: 503), whole) != nil)
        #expect(mismatch(.lawful(status: 200, interim: [103]), early + whole) == nil)
        #expect(mismatch(.lawful(status: 200), early + whole) != nil)
        #expect(mismatch(.lawful(status: 200, body: 41...50), whole) != nil)
        #expect(mismatch(.lawful(status: 200), Samples.head + "b") != nil)
    }

    @Test func `finds an answer where there must be none`() {
        #expect(mismatch(.noAnswer, "") == nil)
        #expect(mismatch(.noAnswer, Samples.head) != nil)
        let frames = HTTP2Frame(.settings, stream: 0).bytes
        #expect(ExpectedAnswer.noAnswer.mismatch(frames) == nil)
        let head = HTTP2Frame(.headers, flags: 4, stream: 1, payload: [0x88]).bytes
        #expect(ExpectedAnswer.noAnswer.mismatch(frames + head) != nil)
    }

    @Test func `tells alerts and hellos of TLS apart`() {
        let alert: [UInt8] = [21, 3, 3, 0, 2, 2, 40]
        #expect(ExpectedAnswer.fatalAlert.mismatch(alert) == nil)
        #expect(ExpectedAnswer.fatalAlert.mismatch([21, 3, 3, 0, 2, 1, 0]) != nil)
        #expect(ExpectedAnswer.fatalAlert.mismatch(alert + [0]) != nil)
        func hello(_ version: UInt8) -> [UInt8] { [22, 3, 2, 0, 6, 2, 0, 0, 2, 3, version] }
        #expect(ExpectedAnswer.oldTLS.mismatch(hello(2)) == nil)
        #expect(ExpectedAnswer.oldTLS.mismatch(hello(3)) != nil)
        #expect(ExpectedAnswer.oldTLS.mismatch([21, 3, 2, 0, 2, 2, 70]) == nil)
        #expect(ExpectedAnswer.oldTLS.mismatch(alert) != nil)
        #expect(ExpectedAnswer.oldTLS.mismatch([]) != nil)
    }
}
