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

    /// The type's name and the value as JSON, without secrets.
    public var debugDescription: String { "\(Self.self)(\(jsonValue.withoutSecrets.text))" }
}

extension JSONValue {
    /// The same, for people: the values of secret members are not in it.
    var withoutSecrets: JSONValue {
        switch self {
        case .object(let object) where !secretMembers.isEmpty:
            let members = object.map { member in
                let isHidden = secretMembers.contains(member.name) && !member.value.isNull
                return JSONObject.Member(name: member.name, value: isHidden ? "***" : member.value.withoutSecrets)
            }
            return .object(JSONObject(members))
        case .array(let items): return .array(items.map(\.withoutSecrets))
        default: return self
        }
    }

    /// Whether this is an object with all these members.
    public func hasMembers(_ names: String...) -> Bool {
        guard case .object(let object) = self else { return false }
        return names.allSatisfy { object[$0] != nil }
    }

    /// Whether this is an object with none of these members.
    public func lacksMembers(_ names: String...) -> Bool {
        guard case .object(let object) = self else { return false }
        return names.allSatisfy { object[$0] == nil }
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
