/// One of several types. Every generated union has a case `unknown` for what this package does not know yet.
public protocol JSONUnion: JSONCodable, Codable, CustomDebugStringConvertible {}

extension JSONUnion {
    public init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        guard let union = Self(jsonValue: value) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a \(Self.self): \(value.typeName)"))
        }
        self = union
    }

    public func encode(to encoder: any Encoder) throws { try jsonValue.encode(to: encoder) }
    public static func == (left: Self, right: Self) -> Bool { left.jsonValue == right.jsonValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(jsonValue) }

    /// The type's name and the value as JSON.
    public var debugDescription: String { "\(Self.self)(\(jsonValue.text))" }
}

extension JSONValue {
    /// Whether this is an object with all these members.
    public func hasMembers(_ names: String...) -> Bool {
        guard case .object(let object) = self else { return false }
        return names.allSatisfy { object[$0] != nil }
    }

    /// Whether this object's member has one of these values; `.null` stands for an absent one too.
    public func hasTag(_ name: String, _ values: JSONValue...) -> Bool {
        guard case .object(let object) = self else { return false }
        return values.contains(object[name] ?? .null)
    }

    /// Whether this is an array that is empty or begins with a value of one of these JSON types.
    public func hasItems(_ typeNames: String...) -> Bool {
        guard case .array(let items) = self else { return false }
        return items.first.map { typeNames.contains($0.typeName) } ?? true
    }
}
