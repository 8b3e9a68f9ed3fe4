/// What all optionals have in common.
public protocol OptionalValue: ExpressibleByNilLiteral {}

extension Optional: OptionalValue {}

extension Optional where Wrapped: OptionalValue {
    /// An explicit null, for members that may be absent, null or a value when they are sent.
    ///
    /// ```swift
    /// update(id: id, nickname: "Bo")     // a new nickname
    /// update(id: id, nickname: .null)    // none any more
    /// update(id: id)                     // left as it is
    /// ```
    public static var null: Wrapped? { .some(nil) }
}
