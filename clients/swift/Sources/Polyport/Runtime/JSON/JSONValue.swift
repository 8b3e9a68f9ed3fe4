import Foundation

/// Any JSON value (RFC 8259), kept exactly: numbers keep their digits and objects the order of their members.
///
/// ```swift
/// let schema: JSONValue = ["type": "object", "properties": ["city": ["type": "string"]]]
/// schema["type"]?.stringValue    // "object"
/// ```
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Parses UTF-8 text.
    ///
    /// - Throws: ``JSONSyntaxError`` when the text is not one JSON value.
    public init(parsing text: Data) throws {
        self = try JSONParser.parse(text)
    }

    /// The value as compact UTF-8 text.
    public var data: Data {
        var writer = JSONWriter()
        writer.write(self)
        return Data(writer.bytes)
    }

    /// The value as compact text.
    public var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The member with this name, when this is an object that has one.
    public subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { return object[name] }
        return nil
    }

    /// The item at this place, when this is an array that is long enough.
    public subscript(index: Int) -> JSONValue? {
        if case .array(let items) = self, items.indices.contains(index) { return items[index] }
        return nil
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// The truth value, when this is one.
    public var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The number, when this is an integer that fits.
    public var intValue: Int? {
        if case .number(let number) = self { return number.int }
        return nil
    }

    /// The number, when this is one.
    public var doubleValue: Double? {
        if case .number(let number) = self { return number.double }
        return nil
    }

    /// The text, when this is a string.
    public var stringValue: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The items, when this is an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let items) = self { return items }
        return nil
    }

    /// The members, when this is an object.
    public var objectValue: JSONObject? {
        if case .object(let object) = self { return object }
        return nil
    }

    /// What it is, in the words of JSON: `string`, `object`, ...
    public var typeName: String {
        switch self {
        case .null: return "null"
        case .bool: return "boolean"
        case .number: return "number"
        case .string: return "string"
        case .array: return "array"
        case .object: return "object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    public init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}

extension JSONValue: CustomStringConvertible {
    public var description: String { text }
}

/// A JSON number as it was written, so that neither `9007199254740993` nor `0.10` changes on its way through.
public struct JSONNumber: Sendable {
    /// The digits, in JSON's grammar.
    public let literal: String

    init(literal: String) { self.literal = literal }

    /// A number of any size, by its digits. Anything but a JSON number is a programming error: `init?(_:)` checks texts.
    public init(digits: String) {
        guard let number = JSONNumber(digits) else { preconditionFailure("\(digits) is no JSON number") }
        self = number
    }

    /// A number of any size, by its digits in JSON's grammar; nil when the text is something else.
    public init?(_ text: String) {
        guard case .number(let number)? = try? JSONValue(parsing: Data(text.utf8)) else { return nil }
        self = number
    }

    /// An integer.
    public init<Integer: BinaryInteger>(_ value: Integer) { literal = String(value) }

    /// A finite number: JSON has no infinities and no NaN, so giving one is a programming error.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no \(value)")
        if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 {
            literal = String(integer)
        } else {
            literal = Self.plain("\(value)")
        }
    }

    /// As ECMAScript writes numbers: `0.00001`, `1e-7`, `1e+21`.
    private static func plain(_ text: String) -> String {
        let parts = text.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
        let sign = parts[0].hasPrefix("-") ? "-" : ""
        let number = parts[0].drop { $0 == "-" }.split(separator: ".")
        let fraction = number.count > 1 && number[1] != "0" ? String(number[1]) : ""
        if exponent < -6 || exponent > 20 {
            return "\(sign)\(number[0])\(fraction.isEmpty ? "" : ".")\(fraction)e\(exponent < 0 ? "" : "+")\(exponent)"
        }
        let digits = number[0] + fraction
        if exponent < 0 { return "\(sign)0." + String(repeating: "0", count: -exponent - 1) + digits }
        return sign + digits + String(repeating: "0", count: exponent - fraction.count)
    }

    /// The value as an integer, when it is one (`1.0` and `1e2` are) and fits.
    public var int: Int? {
        if let value = Int(literal) { return value }
        let (sign, digits, exponent) = exact
        guard exponent >= 0, digits.utf8.count + exponent < 20 else { return nil }
        return Int(sign + digits + String(repeating: "0", count: exponent))
    }

    /// The nearest floating-point number.
    public var double: Double { Double(literal) ?? 0 }

    /// The one way to write this number: its sign, its digits without zeros at either end, and the power of ten of the
    /// last one.
    private var exact: (sign: String, digits: String, exponent: Int) {
        let halves = literal.lowercased().split(separator: "e")
        let parts = halves[0].drop { $0 == "-" }.split(separator: ".")
        var digits = parts.joined().drop { $0 == "0" }
        guard !digits.isEmpty else { return ("", "0", 0) }
        let fraction = parts.count > 1 ? parts[1].utf8.count : 0
        // A power that Int cannot hold is past all others.
        let power = halves.count > 1 ? Int(halves[1]) ?? (halves[1].hasPrefix("-") ? -1 << 60 : 1 << 60) : 0
        var exponent = power - fraction
        while digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        return (literal.hasPrefix("-") ? "-" : "", String(digits), exponent)
    }
}

extension JSONNumber: Hashable {
    /// Whether both mean the same number, however written.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.literal == right.literal || left.exact == right.exact
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(double) }
}

extension JSONNumber: JSONCodable, Codable, ExpressibleByIntegerLiteral, LosslessStringConvertible {
    /// The digits.
    public var description: String { literal }

    public init(integerLiteral value: Int) { self.init(value) }

    public init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        guard let number = JSONNumber(jsonValue: value) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a number was expected, not \(value.typeName)"))
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws { try jsonValue.encode(to: encoder) }
    public init?(jsonValue: JSONValue) {
        guard case .number(let number) = jsonValue else { return nil }
        self = number
    }

    public var jsonValue: JSONValue { .number(self) }
    public static var standIn: JSONNumber { JSONNumber(0) }
}

extension JSONValue: Codable {
    /// Reads from any `Decoder`, so that models can be stored with Foundation's coders. Answers are not read this way.
    ///
    /// Objects go through dictionaries, whose keys are data to Foundation: a strategy for keys leaves them as they are.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let members = try? container.decode([String: JSONValue].self) {
            self = .object(
                JSONObject(members.sorted { $0.key < $1.key }.map { JSONObject.Member(name: $0.key, value: $0.value) }))
        } else if let items = try? container.decode([JSONValue].self) {
            self = .array(items)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(JSONNumber(value))
        } else if let value = try? container.decode(UInt64.self) {
            self = .number(JSONNumber(value))
        } else if let value = try? container.decode(Double.self) {
            self = .number(JSONNumber(value))
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let object):
            try container.encode(Dictionary(uniqueKeysWithValues: object.map { ($0.name, $0.value) }))
        case .array(let items): try container.encode(items)
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .number(let number):
            if let integer = number.int {
                try container.encode(integer)
            } else if let integer = UInt64(number.literal) {
                try container.encode(integer)
            } else {
                try container.encode(number.double)
            }
        }
    }
}
