import ReferenceDispatching
import Testing

@Suite struct `Address rules` {
    @Test(
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
            "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
            "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
            "2002:a9fe:a9fe::", "2001::1", "2001:db8::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
            "ff02::1", "example.com", "",
        ]
    )
    func `refuse`(_ address: String) {
        #expect(!AddressRules().allows(address))
    }

    @Test(
        arguments: [
            "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ]
    )
    func `allow`(_ address: String) {
        #expect(AddressRules().allows(address))
    }

    @Test func `let this machine in only when told to, and nothing else with it`() {
        let rules = AddressRules(allowsLoopback: true)
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] { #expect(rules.allows(address)) }
        for address in ["10.0.0.1", "169.254.169.254", "fd00:ec2::254", "0.0.0.0"] { #expect(!rules.allows(address)) }
    }

    @Test(
        arguments: [
            "127.0.0.1", "[::1]", "localhost", "foo.localhost", "2130706433", "0x7f.1", "017700000001", "10.1",
            "[::ffff:10.0.0.1]",
        ]
    )
    func `refuse the host`(_ host: String) {
        #expect(!AddressRules().allowsHost(host))
    }

    @Test func `leave names to be looked at when they are resolved`() {
        #expect(AddressRules().allowsHost("example.com"))
    }
}
