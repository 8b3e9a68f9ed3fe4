/// A string or number with documented values. It is open: a value newer than this package is a value like any other.
public protocol OpenEnum: RawRepresentable, JSONCodable, Codable where RawValue: JSONCodable {
    init(rawValue: RawValue)
}

extension OpenEnum {
    public init?(jsonValue: JSONValue) {
        guard let raw = RawValue(jsonValue: jsonValue) else { return nil }
        self.init(rawValue: raw)
    }

    public var jsonValue: JSONValue { rawValue.jsonValue }
    public static var standIn: Self { Self(rawValue: .standIn) }
    public static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension OpenEnum where Self: ExpressibleByStringLiteral, RawValue == String {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension OpenEnum where Self: ExpressibleByIntegerLiteral, RawValue == Int {
    public init(integerLiteral value: Int) { self.init(rawValue: value) }
}

extension OpenEnum where Self: ExpressibleByFloatLiteral, RawValue == Double {
    public init(floatLiteral value: Double) { self.init(rawValue: value) }
}

extension OpenEnum where Self: ExpressibleByBooleanLiteral, RawValue == Bool {
    public init(booleanLiteral value: Bool) { self.init(rawValue: value) }
}
