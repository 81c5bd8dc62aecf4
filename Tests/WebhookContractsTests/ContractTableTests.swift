import Notation
import Testing
import WebhookContracts

@Suite struct `Contract table` {
    @Test func `shows what is promised, by whom it is said, and what is not stated`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("contentspal"))
        #expect(ContractTable.text(contract, width: 100) == ContentsPalTable.text)
    }

    @Test(arguments: ShippedContracts.slugs)
    func `keeps to the width it is given`(_ slug: String) throws {
        for contract in try ShippedContracts.editions(slug).map(\.contract) {
            for width in [20, 60, 80, 100, 200] {
                let lines = ContractTable.text(contract, width: width).split(separator: "\n")
                let limit = max(width, ContractTable.narrowest)
                #expect(lines.allSatisfy { $0.count <= limit && $0.last != " " }, "\(slug) at \(width)")
            }
        }
    }

    @Test func `says the same in every width`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("jobber"))
        for width in [60, 75, 140] {
            // Lines are broken differently, and long words are cut, so the characters are counted.
            let shown = ContractTable.text(contract, width: width).filter { !$0.isWhitespace && $0 != "-" }.sorted()
            #expect(shown == ContractTable.text(contract).filter { !$0.isWhitespace && $0 != "-" }.sorted())
        }
    }

    @Test func `names the applied variants and those there are`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("jobber"), variants: ["era-a"])
        let text = ContractTable.text(contract)
        #expect(text.hasPrefix("Jobber (jobber) with era-a: "))
        #expect(text.contains("\nvariants\n  era-a: apps created before 2022-04-11"))
    }

    @Test func `has one line for each contract of a list`() throws {
        let contracts = try ShippedContracts.slugs.prefix(2).map {
            try ContractFile.load(path: ShippedContracts.path($0))
        }
        #expect(
            ContractTable.list(contracts)
                == """
                contentspal         ContentsPal           3 events, 33 stated, 3 none, 5 inferred, 16 unstated
                oneclickcontractor  One Click Contractor  10 events, 27 stated, 0 none, 8 inferred, 33 unstated

                """
        )
    }

    @Test func `counts every clause once`() throws {
        try SmallContract.read { contract in
            let statements = contract.statements
            #expect(Set(statements.map(\.path)).count + 1 == statements.count, "two conditional fields share a path")
            #expect(statements.filter { $0.standing == .unstated }.isEmpty)
            #expect(statements.filter { $0.standing == .none }.map(\.path) == ["disablement.notification"])
            #expect(statements.filter { $0.standing == .inferred }.map(\.path) == ["retry.same_payload"])
        }
    }

    @Test func `makes hostile text visible`() throws {
        try SmallContract.read([("The Manual", "The\\u009B31mManual")]) { contract in
            #expect(ContractTable.text(contract).contains("The\\u{9B}31mManual"))
        }
    }
}
