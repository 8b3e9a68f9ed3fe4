/// What all optionals have in common.
public protocol OptionalValue: ExpressibleByNilLiteral {}

extension Optional: OptionalValue {}

/// A value, or null where that is not the same as nothing: arguments are of type `Nullable<Value>?`.
///
/// ```swift
/// update(id: id, nickname: "Bo")      // a new nickname
/// update(id: id, nickname: .null)     // none any more
/// update(id: id)                      // left as it is
/// update(id: id, nickname: maybe)     // a `String?`: left as it is when that is nil
/// ```
///
/// It is two optionals, so that a value and an optional variable are taken as they are: an optional that is nil becomes
/// the inner one, and never null by accident.
public typealias Nullable<Value> = Value??

extension Optional where Wrapped: OptionalValue {
    /// An explicit null, for members that may be absent, null or a value when they are sent.
    public static var null: Wrapped? { .some(nil) }
}
