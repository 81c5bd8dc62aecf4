import Foundation
import RunClocks

/// Which clock a run or a scenario goes by, and why.
enum ClockChoice: Sendable, Hashable {
    case real
    /// The reason says why the engine that is preferred was not taken.
    case warped(WarpEngineKind, reason: String?)
    /// Neither engine works here.
    case impossible(reason: String)

    /// The name in evidence and reports.
    var name: String {
        switch self {
        case .warped(let kind, _): "warped:\(kind.rawValue)"
        case .real, .impossible: "real"
        }
    }

    var reason: String? {
        switch self {
        case .real: nil
        case .warped(_, let reason): reason
        case .impossible(let reason): reason
        }
    }

    /// The library of the preload engine: beside this program, or where the environment says.
    static var library: String {
        ProcessInfo.processInfo.environment["HOOKASSAY_PRELOAD"]
            ?? DispatcherChoice.programs() + "/libhookassay-preload.so"
    }

    /// Tries what works on this host.
    ///
    /// To be called in a process that was prepared for sessions.
    ///
    /// - Parameter kind: the only engine to try; `nil` tries each.
    static func warped(_ kind: WarpEngineKind?) async -> ClockChoice {
        let kinds = kind.map { [$0] } ?? WarpEngineKind.allCases
        let finding = await WarpProbe.find(among: kinds, library: library)
        guard let engine = finding.engine else { return .impossible(reason: finding.reason ?? "no engine works") }
        return .warped(engine, reason: finding.reason)
    }
}
