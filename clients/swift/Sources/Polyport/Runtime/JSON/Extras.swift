/// What a decoded object holds besides its properties.
public struct Extras: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// No property has this name.
        case unknown
        /// The value does not fit the property.
        case misfit
        /// An optional member that was null, which is not the same as absent.
        case null
        /// A required member that was absent; the value says nothing.
        case missing
    }

    struct Entry: Hashable, Sendable {
        let kind: Kind
        let member: JSONObject.Member
    }

    var entries: [Entry] = []

    /// Nothing besides the properties.
    public init() {}

    func kept(_ name: String) -> Entry? {
        entries.isEmpty ? nil : entries.first { $0.kind != .unknown && $0.member.name == name }
    }

    mutating func add(_ kind: Kind, _ name: String, _ value: JSONValue = .null) {
        entries.append(Entry(kind: kind, member: JSONObject.Member(name: name, value: value)))
    }

    /// Says that a required member is only set by servers: the property's stand-in is not sent.
    mutating func omit(_ name: String) { add(.missing, name) }

    /// What an optional property holds of an argument. `.null` is kept as one to send; a variable that is nil is not.
    mutating func given<Value>(_ name: String, _ argument: Nullable<Value>?) -> Value? {
        if case .some(.none) = argument { add(.null, name) }
        return argument.flatMap { $0 }.flatMap { $0 }
    }

    /// The unknown members of one type.
    func typed<Value: JSONCodable>() -> [String: Value] {
        var values: [String: Value] = [:]
        for entry in entries where entry.kind == .unknown {
            values[entry.member.name] = Value(jsonValue: entry.member.value)
        }
        return values
    }

    /// Replaces the unknown members of one type.
    mutating func setTyped<Value: JSONCodable>(_ values: [String: Value]) {
        entries.removeAll { $0.kind == .unknown && Value(jsonValue: $0.member.value) != nil }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { add(.unknown, name, value.jsonValue) }
    }
}
