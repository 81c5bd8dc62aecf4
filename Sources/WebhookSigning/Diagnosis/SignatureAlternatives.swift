/// What a caller knows that a wrong signer might have used instead of the right thing.
package struct SignatureAlternatives: Sendable {
    /// Other bodies; a name completes "over the body …", for example "as the previous attempt had it".
    package var bodies: [(name: String, bytes: [UInt8])]
    /// Other keys; a name completes "with …", for example "the old secret" or "the other endpoint's secret".
    package var keys: [(name: String, key: SigningKey)]
    /// Other timestamps; a name completes "with …", for example "the first attempt's timestamp".
    package var timestamps: [(name: String, value: String)]
    /// Other message ids; a name completes "with …", for example "the previous attempt's id".
    package var ids: [(name: String, value: String)]

    /// Gathers alternatives; all lists may be empty.
    package init(
        bodies: [(name: String, bytes: [UInt8])] = [],
        keys: [(name: String, key: SigningKey)] = [],
        timestamps: [(name: String, value: String)] = [],
        ids: [(name: String, value: String)] = []
    ) {
        self.bodies = bodies
        self.keys = keys
        self.timestamps = timestamps
        self.ids = ids
    }
}
