/// A JSON object with documented members: what every generated struct is.
///
/// Decoding is lenient and lossless. A member that is missing or has the wrong type does not fail the whole answer: an
/// optional property reads as nil, a required one as an empty stand-in (`""`, `0`, `[]`), and ``misfits()`` names it.
/// Swift properties cannot fail when they are read, and optionals everywhere would be a worse price; call
/// ``validate()`` where an odd answer must not pass. Members that this version does not know, and those that did not
/// fit, are kept and written out again.
public protocol JSONModel: JSONCodable, Codable, CustomDebugStringConvertible {
    /// Reads the members.
    init(fields: inout FieldReader)

    /// Writes the members.
    func write(to fields: inout FieldWriter)

    /// Members that no property shows; use ``unknownFields``.
    var _extras: Extras { get set }
}

extension JSONModel {
    public init?(jsonValue: JSONValue) {
        guard case .object(let object) = jsonValue else { return nil }
        var reader = FieldReader(object)
        self.init(fields: &reader)
    }

    public var jsonValue: JSONValue {
        var writer = FieldWriter(_extras)
        write(to: &writer)
        return .object(writer.finish())
    }

    public static var standIn: Self {
        var reader = FieldReader(JSONObject())
        return Self(fields: &reader)
    }

    /// Members that this version of the package has no property for. They are sent again as they came.
    public var unknownFields: JSONObject {
        get { JSONObject(_extras.entries.filter { $0.kind == .unknown }.map(\.member)) }
        set {
            _extras.entries.removeAll { $0.kind == .unknown }
            _extras.entries += newValue.map { Extras.Entry(kind: .unknown, member: $0) }
        }
    }

    /// Whether both say the same in JSON.
    public static func == (left: Self, right: Self) -> Bool { left.jsonValue == right.jsonValue }

    public func hash(into hasher: inout Hasher) { hasher.combine(jsonValue) }

    /// The type's name and the value as JSON.
    public var debugDescription: String { "\(Self.self)(\(jsonValue.text))" }

    /// Reads from any `Decoder`, for models that are stored with Foundation's coders.
    public init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        guard let model = Self(jsonValue: value) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an object was expected, not \(value.typeName)"))
        }
        self = model
    }

    public func encode(to encoder: any Encoder) throws { try jsonValue.encode(to: encoder) }
}

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
}

/// Hands the members of an object to the properties of a model.
public struct FieldReader {
    private let object: JSONObject
    private var isRead: [Bool]
    private var next = 0
    private var extras = Extras()

    init(_ object: JSONObject) {
        self.object = object
        isRead = Array(repeating: false, count: object.count)
    }

    private mutating func take(_ name: String) -> JSONValue? {
        guard let place = object.place(of: name, hint: next) else { return nil }
        isRead[place] = true
        next = place + 1
        return object.member(at: place).value
    }

    /// A required member.
    public mutating func required<Value: JSONCodable>(_ name: String, orElse: Value = .standIn) -> Value {
        guard let raw = take(name) else {
            extras.add(.missing, name)
            return orElse
        }
        if let value = Value(jsonValue: raw) { return value }
        extras.add(.misfit, name, raw)
        return orElse
    }

    /// A member that may be absent or null.
    public mutating func optional<Value: JSONCodable>(_ name: String) -> Value? {
        guard let raw = take(name) else { return nil }
        if let value = Value(jsonValue: raw) {
            if raw.isNull { extras.add(.null, name) }
            return value
        }
        extras.add(raw.isNull ? .null : .misfit, name, raw)
        return nil
    }

    /// The members that were not asked for, and those that did not fit.
    public func finish() -> Extras {
        var extras = extras
        for (place, isRead) in isRead.enumerated() where !isRead {
            let member = object.member(at: place)
            extras.add(.unknown, member.name, member.value)
        }
        return extras
    }
}

/// Collects the properties of a model into an object.
public struct FieldWriter {
    private var object = JSONObject()
    private let extras: Extras

    init(_ extras: Extras) { self.extras = extras }

    /// A required member.
    public mutating func required<Value: JSONCodable>(_ name: String, _ value: Value, orElse: Value = .standIn) {
        // An untouched stand-in is written as what it stands for.
        if let kept = extras.kept(name), value == orElse {
            if kept.kind == .misfit { object[name] = kept.member.value }
            return
        }
        object[name] = value.jsonValue
    }

    /// A member that is left out when it is nil, unless it came or was given as null.
    public mutating func optional<Value: JSONCodable>(_ name: String, _ value: Value?) {
        object[name] = value?.jsonValue ?? extras.kept(name)?.member.value
    }

    func finish() -> JSONObject {
        var object = object
        for entry in extras.entries where entry.kind == .unknown { object[entry.member.name] = entry.member.value }
        return object
    }
}
