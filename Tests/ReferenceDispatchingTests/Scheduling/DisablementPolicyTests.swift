import ReferenceDispatching
import Testing

@Suite struct `Disablement policy` {
    let policy = SilentContractDefaults.disablement

    @Test func `decides nothing on few attempts`() {
        #expect(policy.reason(finished: 19, failed: 19) == nil)
    }

    @Test func `switches off at four failures of five`() {
        #expect(policy.reason(finished: 20, failed: 16) == "16 of the last 20 attempts failed")
        #expect(policy.reason(finished: 20, failed: 15) == nil)
        #expect(policy.reason(finished: 1000, failed: 800) != nil)
        #expect(policy.reason(finished: 1000, failed: 799) == nil)
    }

    @Test func `holds only where the contract announces it`() throws {
        #expect(try ShippedContract.policy("jobber").disablement() == policy)
        #expect(try ShippedContract.policy("claimable").disablement() == nil)
    }
}
