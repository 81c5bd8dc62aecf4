// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

/// One room of the house.
///
/// What it may import is also held by `Tests/ArchitectureTests`.
func room(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    plugins: [Target.PluginUsage] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict, plugins: plugins)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "hookassay",
    products: [
        .executable(name: "hookassay", targets: ["hookassay"]),
        .executable(name: "webhook-dispatcher", targets: ["webhook-dispatcher"]),
        .library(name: "MockReceivers", targets: ["MockReceivers"]),
        .library(name: "hookassay-preload", type: .dynamic, targets: ["CWarpPreload"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .target(name: "CJSONSchema", linkerSettings: [.linkedLibrary("m")]),

        room("Notation", [yams]),
        room("WebhookSigning", [crypto]),
        room("WebhookContracts", ["Notation", "WebhookSigning", "CJSONSchema"]),
        room("DeliveryEvidence"),
        room("DeliveryScenarios", ["Notation", "WebhookContracts", "WebhookSigning"]),
        .target(name: "CTimeWarp"),
        // Loaded into programs under test: it must depend on nothing but libc, the Swift runtime included.
        .target(
            name: "CWarpPreload",
            linkerSettings: [.unsafeFlags(["-enable-experimental-feature", "Embedded", "-nostartfiles"])]
        ),
        room("RunClocks", ["CTimeWarp"]),
        room(
            "MockReceivers",
            [
                "Notation", "DeliveryScenarios", "DeliveryEvidence", "RunClocks",
                crypto, nioCore, nioHPACK, nioHTTP1, nioHTTP2, nioPosix, nioSSL, nioTLS, swiftASN1, x509,
            ]
        ),
        room(
            "MockNetwork",
            ["DeliveryScenarios", "DeliveryEvidence", "RunClocks", nioCore, nioPosix]
        ),
        .target(name: "CPacketCapture"),
        room("PacketCapturing", ["CPacketCapture"]),
        room(
            "ReceiverConsole",
            [
                "Notation", "WebhookSigning", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "MockReceivers",
                "CurlTransport", httpTypes, hummingbird, hummingbirdCore, logging, nioCore, serviceLifecycle,
            ]
        ),
        room("CurlTransport", ["CCurl"]),
        room(
            "ReferenceDispatching",
            [
                "Notation", "WebhookContracts", "WebhookSigning", "CurlTransport",
                crypto, grdb, httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioPosix, serviceLifecycle,
                unixSignals,
            ]
        ),
        room(
            "FaultProving",
            [
                "Notation", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "MockReceivers", "CurlTransport",
                crypto, nioCore, nioHPACK, nioHTTP2, nioPosix, nioSSL, nioTLS, systemPackage,
            ]
        ),
        room(
            "DispatcherControl",
            ["Notation", "DeliveryEvidence", "RunClocks", "CurlTransport", subprocess, systemPackage]
        ),
        room(
            "ScenarioRunning",
            [
                "Notation", "WebhookContracts", "DeliveryScenarios", "DeliveryEvidence", "RunClocks",
                "MockReceivers", "MockNetwork", "PacketCapturing", "DispatcherControl", "CurlTransport", subprocess,
                systemPackage,
            ]
        ),
        room(
            "ContractJudging",
            ["Notation", "WebhookContracts", "WebhookSigning", "DeliveryScenarios", "DeliveryEvidence"]
        ),
        room("DeliveryReports", ["ContractJudging", "DeliveryEvidence", "Notation"]),
        room(
            "HookassayCommands",
            [
                "Notation", "WebhookContracts", "WebhookSigning", "DeliveryEvidence", "DeliveryScenarios", "RunClocks",
                "MockReceivers", "CurlTransport", "DispatcherControl", "FaultProving", "PacketCapturing",
                "ReceiverConsole", "ScenarioRunning", "ContractJudging", "DeliveryReports", argumentParser, subprocess,
                systemPackage, unixSignals,
            ],
            plugins: ["PageEmbedding"]
        ),
        .plugin(
            name: "PageEmbedding",
            capability: .buildTool(),
            dependencies: ["embed-pages"],
            path: "Sources/PageEmbedding"
        ),
        .executableTarget(name: "embed-pages", swiftSettings: strict),
        .executableTarget(name: "hookassay", dependencies: ["HookassayCommands"], swiftSettings: strict),
        .executableTarget(
            name: "webhook-dispatcher",
            dependencies: ["ReferenceDispatching", argumentParser, logging],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "mutant-dispatcher",
            dependencies: [
                "ReferenceDispatching", "CurlTransport", "Notation", "WebhookContracts", "WebhookSigning",
                argumentParser, logging,
            ],
            path: "Tests/Mutants",
            swiftSettings: strict
        ),
        .target(
            name: "ProgramRunning",
            dependencies: [subprocess, systemPackage],
            path: "Tests/Support/ProgramRunning",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "kill-matrix",
            dependencies: ["ContractJudging", "MutantHunting", "ProgramRunning", argumentParser],
            path: "Tests/KillMatrix",
            swiftSettings: strict
        ),
        .target(
            name: "MutantHunting",
            dependencies: ["ProgramRunning"],
            path: "Tests/Support/MutantHunting",
            swiftSettings: strict
        ),
        tests("Architecture", []),
        tests(
            "ContractJudging",
            [
                "ContractJudging", "WebhookContracts", "WebhookSigning", "DeliveryScenarios", "DeliveryEvidence",
                "DeliveryReports",
                "Notation",
            ]
        ),
        tests("CurlTransport", ["CurlTransport"]),
        tests("DeliveryEvidence", ["DeliveryEvidence"]),
        tests(
            "DeliveryReports",
            ["DeliveryReports", "ContractJudging", "DeliveryEvidence", "Notation", subprocess]
        ),
        tests("DeliveryScenarios", ["DeliveryScenarios", "WebhookContracts", "Notation"]),
        tests(
            "DispatcherControl",
            ["DispatcherControl", "CurlTransport", "DeliveryEvidence", "Notation", "RunClocks"]
        ),
        tests(
            "HookassayCommands",
            [
                "HookassayCommands", "ContractJudging", "CurlTransport", "DeliveryEvidence", "DeliveryReports",
                "Notation", "ProgramRunning", "WebhookContracts", "hookassay", "mutant-dispatcher",
                "webhook-dispatcher",
            ]
        ),
        tests(
            "MockReceivers",
            [
                "MockReceivers", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", "Notation",
                nioCore, nioHPACK, nioPosix, nioSSL, swiftASN1, x509,
            ]
        ),
        tests(
            "FaultProving",
            ["FaultProving", "MockReceivers", "CurlTransport", "DeliveryScenarios", "DeliveryEvidence", "RunClocks"]
        ),
        tests(
            "MockNetwork",
            ["MockNetwork", "DeliveryScenarios", "DeliveryEvidence", "RunClocks", nioCore, nioPosix]
        ),
        tests("PacketCapturing", ["PacketCapturing"]),
        tests(
            "ReceiverConsole",
            [
                "ReceiverConsole", "MockReceivers", "DeliveryScenarios", "DeliveryEvidence", "RunClocks",
                "CurlTransport",
                "Notation", "ProgramRunning",
            ]
        ),
        tests("Mutant", ["ContractJudging", "MutantHunting", "ProgramRunning", "hookassay", "mutant-dispatcher"]),
        tests("Notation", ["Notation"]),
        tests(
            "ReferenceDispatching",
            [
                "ReferenceDispatching", "CurlTransport", "Notation", "WebhookContracts", "WebhookSigning",
                hummingbird, logging, nioCore, serviceLifecycle,
            ]
        ),
        .testTarget(
            name: "RunClocksTests",
            dependencies: ["RunClocks", "ProgramRunning", "hookassay", subprocess, systemPackage],
            exclude: ["Programs"],
            swiftSettings: strict
        ),
        tests(
            "ScenarioRunning",
            [
                "ScenarioRunning", "CurlTransport", "DeliveryEvidence", "DeliveryScenarios", "DispatcherControl",
                "MockReceivers", "Notation", "ProgramRunning", "RunClocks", "WebhookContracts",
            ]
        ),
        tests("WebhookContracts", ["WebhookContracts", "WebhookSigning", "Notation"]),
        tests("WebhookSigning", ["WebhookSigning"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
