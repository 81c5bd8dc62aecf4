import Crypto

/// The name of a file by its content, so that evidence says exactly which contract or scenario it rests on.
package enum Fingerprint {
    /// Gives the SHA-256 of bytes (FIPS 180-4) as 64 lower-case hexadecimal digits.
    package static func sha256Hex(_ bytes: [UInt8]) -> String {
        SignatureEncoding.hexLower.encode(Array(SHA256.hash(data: bytes)))
    }
}
