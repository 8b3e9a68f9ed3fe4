/// A type that can be read from a JSON value and written as one.
public protocol JSONCodable: Hashable, Sendable {
    /// Reads a value; nil when it does not fit this type.
    init?(jsonValue: JSONValue)

    /// The value as JSON.
    var jsonValue: JSONValue { get }

    /// What reads in place of a required member that an answer lacks or has with the wrong type.
    static var standIn: Self { get }
}

extension JSONValue: JSONCodable {
    public init?(jsonValue: JSONValue) { self = jsonValue }
    public var jsonValue: JSONValue { self }
    public static var standIn: JSONValue { .null }
}

extension JSONObject: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .object(let object) = jsonValue else { return nil }
        self = object
    }

    public var jsonValue: JSONValue { .object(self) }
    public static var standIn: JSONObject { JSONObject() }
}

extension String: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .string(let text) = jsonValue else { return nil }
        self = text
    }

    public var jsonValue: JSONValue { .string(self) }
    public static var standIn: String { "" }
}

extension Int: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .number(let number) = jsonValue, let value = number.int else { return nil }
        self = value
    }

    public var jsonValue: JSONValue { .number(JSONNumber(self)) }
    public static var standIn: Int { 0 }
}

extension Double: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .number(let number) = jsonValue else { return nil }
        self = number.double
    }

    /// The number, or null for infinities and NaN, which JSON lacks.
    public var jsonValue: JSONValue { isFinite ? .number(JSONNumber(self)) : .null }
    public static var standIn: Double { 0 }
}

extension Bool: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .bool(let flag) = jsonValue else { return nil }
        self = flag
    }

    public var jsonValue: JSONValue { .bool(self) }
    public static var standIn: Bool { false }
}

extension Optional: JSONCodable where Wrapped: JSONCodable {
    public init?(jsonValue: JSONValue) {
        if jsonValue.isNull {
            self = .none
        } else {
            guard let value = Wrapped(jsonValue: jsonValue) else { return nil }
            self = .some(value)
        }
    }

    public var jsonValue: JSONValue { self?.jsonValue ?? .null }
    public static var standIn: Wrapped? { .none }
}

extension Array: JSONCodable where Element: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .array(let items) = jsonValue else { return nil }
        self.init()
        reserveCapacity(items.count)
        for item in items {
            guard let element = Element(jsonValue: item) else { return nil }
            append(element)
        }
    }

    public var jsonValue: JSONValue { .array(map(\.jsonValue)) }
    public static var standIn: [Element] { [] }
}

extension Dictionary: JSONCodable where Key == String, Value: JSONCodable {
    public init?(jsonValue: JSONValue) {
        guard case .object(let object) = jsonValue else { return nil }
        self.init(minimumCapacity: object.count)
        for member in object {
            guard let value = Value(jsonValue: member.value) else { return nil }
            self[member.name] = value
        }
    }

    /// The members, in the order of their names, so that equal dictionaries give equal text.
    public var jsonValue: JSONValue {
        .object(
            JSONObject(sorted { $0.key < $1.key }.map { JSONObject.Member(name: $0.key, value: $0.value.jsonValue) }))
    }

    public static var standIn: [String: Value] { [:] }
}
