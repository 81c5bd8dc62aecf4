import CCurl
import Glibc

// libcurl calls these from within `curl_multi_perform`, hence on the transfer thread and while the transport holds the
// transfer, which is why an unretained pointer is enough.

extension CurlOptions {
    func setCallbacks(of transfer: Transfer) throws(TransferError) {
        let itself = Unmanaged.passUnretained(transfer).toOpaque()
        try set(CURLOPT_HEADERFUNCTION, takeHeader)
        try set(CURLOPT_HEADERDATA, pointer: itself)
        try set(CURLOPT_WRITEFUNCTION, takeBody)
        try set(CURLOPT_WRITEDATA, pointer: itself)
        try check(ccurl_set_socket_callback(easy, openSocket))
        try set(CURLOPT_OPENSOCKETDATA, pointer: itself)
        try check(ccurl_set_prerequest_callback(easy, beforeRequest))
        try set(CURLOPT_PREREQDATA, pointer: itself)
    }
}

private func transfer(_ itself: UnsafeMutableRawPointer?) -> Transfer? {
    itself.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func takeHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ itself: UnsafeMutableRawPointer?
) -> Int {
    transfer(itself)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ itself: UnsafeMutableRawPointer?
) -> Int {
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    // Any other number than the one it gave tells libcurl to stop; -1 would ask it to pause.
    return transfer(itself)?.takeBody(piece) == true ? piece.count : piece.count + 1
}

/// Opens a connection's socket, unless its address is refused; called before the connection is begun.
private func openSocket(
    _ itself: UnsafeMutableRawPointer?,
    _ purpose: curlsocktype,
    _ target: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let target, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return CURL_SOCKET_BAD }
    // The address is longer than the `sockaddr` it is declared as, so it must be read in place and not from a copy.
    let address = UnsafeRawPointer(target).advanced(by: offset).assumingMemoryBound(to: sockaddr.self)
    guard let peer = numericPeer(address, target.pointee.addrlen),
        transfer(itself)?.permits(peer.address, peer.port) == true
    else { return CURL_SOCKET_BAD }
    // Programs that this process starts must not inherit the connection: it would stay open with them.
    let type = target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(target.pointee.family, type, target.pointee.`protocol`)
}

/// Called when the connection stands, before each request, and so for a kept connection too.
private func beforeRequest(
    _ itself: UnsafeMutableRawPointer?,
    _ peerAddress: UnsafeMutablePointer<CChar>?,
    _ localAddress: UnsafeMutablePointer<CChar>?,
    _ peerPort: Int32,
    _ localPort: Int32
) -> Int32 {
    guard let peerAddress, let transfer = transfer(itself) else { return CURL_PREREQFUNC_ABORT }
    let isAllowed = transfer.permits(String(cString: peerAddress), Int(peerPort))
    return isAllowed ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func numericPeer(_ address: UnsafePointer<sockaddr>, _ length: UInt32) -> (address: String, port: Int)? {
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var service = [CChar](repeating: 0, count: Int(NI_MAXSERV))
    let code = getnameinfo(
        address,
        length,
        &host,
        UInt32(host.count),
        &service,
        UInt32(service.count),
        NI_NUMERICHOST | NI_NUMERICSERV
    )
    guard code == 0 else { return nil }
    return (text(host), Int(text(service)) ?? 0)
}

private func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
