/// The lines of what happens to connections.
extension LineBytes {
    mutating func write(_ opened: ConnectionOpened, _ head: RecordHead) {
        openObject()
        field("at", head.at)
        field("connection", opened.connection)
        field("endpoint", opened.endpoint)
        field("peer", opened.peer)
        fields(head)
        field("type", plain: "connection.opened")
    }

    mutating func write(_ secured: ConnectionSecured, _ head: RecordHead) {
        openObject()
        field("applicationProtocol", secured.applicationProtocol)
        field("at", head.at)
        field("connection", secured.connection)
        fields(head)
        field("serverName", secured.serverName)
        field("type", plain: "connection.secured")
        field("version", secured.version)
    }

    mutating func write(_ closed: ConnectionClosed, _ head: RecordHead) {
        openObject()
        field("at", head.at)
        field("bytesIn", closed.bytesIn)
        field("bytesOut", closed.bytesOut)
        field("closing", closed.closing)
        field("connection", closed.connection)
        fields(head)
        field("type", plain: "connection.closed")
    }

    mutating func write(_ failed: HandshakeFailed, _ head: RecordHead) {
        openObject()
        field("at", head.at)
        field("connection", failed.connection)
        field("real", head.real)
        field("reason", failed.reason)
        field("scenario", head.scenario)
        field("seq", head.sequence)
        field("type", plain: "handshake.failed")
    }

    mutating func field(_ name: StaticString, _ closing: Closing?) {
        guard let closing else { return }
        self.name(name)
        openObject()
        field("at", closing.at)
        field("by", closing.by.rawValue)
        field("how", closing.how.rawValue)
        closeObject()
    }
}
