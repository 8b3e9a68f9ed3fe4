/// Something to send in place of an optional member: a value, or an explicit null, which is not the same as nothing.
///
/// Literals are taken as they are; a variable goes in `.value(...)`.
///
/// ```swift
/// update(id: id, nickname: "Bo")        // a new nickname
/// update(id: id, nickname: .null)       // none any more
/// update(id: id)                        // left as it is
/// ```
public enum Nullable<Value: JSONCodable>: Hashable, Sendable {
    case null
    case value(Value)

    /// The value, when there is one.
    public var value: Value? {
        if case .value(let value) = self { return value }
        return nil
    }
}

extension Nullable: JSONCodable {
    public init?(jsonValue: JSONValue) {
        if jsonValue.isNull {
            self = .null
        } else {
            guard let value = Value(jsonValue: jsonValue) else { return nil }
            self = .value(value)
        }
    }

    public var jsonValue: JSONValue { value?.jsonValue ?? .null }
    public static var standIn: Self { .null }
}

extension Nullable: ExpressibleByUnicodeScalarLiteral where Value: ExpressibleByStringLiteral {
    public init(unicodeScalarLiteral value: Value.StringLiteralType) { self = .value(Value(stringLiteral: value)) }
}

extension Nullable: ExpressibleByExtendedGraphemeClusterLiteral where Value: ExpressibleByStringLiteral {
    public init(extendedGraphemeClusterLiteral value: Value.StringLiteralType) {
        self = .value(Value(stringLiteral: value))
    }
}

extension Nullable: ExpressibleByStringLiteral where Value: ExpressibleByStringLiteral {
    public init(stringLiteral value: Value.StringLiteralType) { self = .value(Value(stringLiteral: value)) }
}

extension Nullable: ExpressibleByIntegerLiteral where Value: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Value.IntegerLiteralType) { self = .value(Value(integerLiteral: value)) }
}

extension Nullable: ExpressibleByFloatLiteral where Value: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Value.FloatLiteralType) { self = .value(Value(floatLiteral: value)) }
}

extension Nullable: ExpressibleByBooleanLiteral where Value: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Value.BooleanLiteralType) { self = .value(Value(booleanLiteral: value)) }
}
