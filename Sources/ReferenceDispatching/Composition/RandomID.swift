/// Makes ids that nobody can guess and that never collide.
package enum RandomID {
    /// Makes the prefix followed by 128 random bits in lower-case hex.
    package static func make(prefix: String) -> String {
        let halves = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
        return prefix
            + halves.map { half in
                let digits = String(half, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }
            .joined()
    }
}
