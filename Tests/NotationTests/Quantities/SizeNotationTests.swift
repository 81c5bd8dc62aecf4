import Notation
import Testing

@Suite struct `Size notation` {
    @Test(arguments: [
        ("17 bytes", 17), ("1 byte", 1), ("0 bytes", 0), ("512B", 512), ("1KiB", 1024), ("20kB", 20000),
        ("1MiB", 1_048_576), ("2MB", 2_000_000), ("1GB", 1_000_000_000), ("1GiB", 1_073_741_824), ("1.5KiB", 1536),
        ("1 KiB", 1024),
    ])
    func `reads every unit`(_ text: String, _ bytes: Int) throws {
        #expect(try SizeNotation.parse(text) == bytes)
    }

    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (17, "17 bytes"), (1000, "1kB"), (1024, "1KiB"), (20000, "20kB"),
        (1536, "1536 bytes"), (1_048_576, "1MiB"), (3 << 30, "3GiB"), (1_024_000, "1000KiB"),
    ])
    func `writes the largest unit that is exact`(_ bytes: Int, _ text: String) throws {
        #expect(SizeNotation.text(bytes) == text)
        #expect(try SizeNotation.parse(text) == bytes)
    }

    @Test(arguments: [
        ("17", "the size '17' has no unit", "write `17 bytes` or `17KiB`, for example"),
        ("20KB", "'KB' is not a unit of size", "write `kB` for 1000 bytes or `KiB` for 1024"),
        ("1m", "'m' is not a unit of size", "write `MB` for 1000000 bytes or `MiB` for 1048576"),
        ("1 pound", "'pound' is not a unit of size", "the units are bytes, kB, MB, GB, KiB, MiB and GiB"),
        ("-1KiB", "'-1KiB' is not a size", "write a number with a unit, such as `17 bytes`, `1KiB`, `20kB` or `1MiB`"),
        ("0.5 bytes", "'0.5 bytes' is not a whole number of bytes", "write it in bytes"),
        ("999999999999999GB", "'999999999999999GB' is too large", "write a smaller size"),
        ("", "'' is not a size", "write a number with a unit, such as `17 bytes`, `1KiB`, `20kB` or `1MiB`"),
    ])
    func `refuses everything else`(_ text: String, _ message: String, _ help: String) {
        let error = #expect(throws: NotationError.self) { try SizeNotation.parse(text) }
        #expect(error == NotationError(message: message, help: help))
    }
}
