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

    /// The type's name and the value as JSON, without secrets.
    public var debugDescription: String { "\(Self.self)(\(jsonValue.withoutSecrets.text))" }

    /// Reads from any `Decoder`, for models that are stored with Foundation's coders.
    public init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        guard let model = Self(jsonValue: value) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an object was expected, not \(value.typeName)")
            )
        }
        self = model
    }

    public func encode(to encoder: any Encoder) throws { try jsonValue.encode(to: encoder) }
}
