import Foundation

/// Text that is not JSON: what was wrong, and at which byte.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// What was found or missed.
    public let reason: String
    /// The offset of the byte where it went wrong.
    public let offset: Int

    public var description: String { "\(reason) at byte \(offset)" }
}

/// A strict parser of RFC 8259 over bytes. Invalid UTF-8 and lone surrogates become U+FFFD.
struct JSONParser {
    /// Deeper nesting is refused, since each level takes stack.
    private static let maximumDepth = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    static func parse(_ text: Data) throws -> JSONValue {
        try text.withUnsafeBytes { (raw: UnsafeRawBufferPointer) throws -> JSONValue in
            var parser = JSONParser(bytes: raw.bindMemory(to: UInt8.self))
            if raw.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            guard parser.position == parser.bytes.count else { throw parser.error("text after the value") }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(reason: reason, offset: position) }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < Self.maximumDepth else { throw error("nested too deeply") }
        skipSpace()
        guard let byte = peek else { throw error("unexpected end") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws -> JSONValue {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count else { throw error("unexpected end") }
        for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] {
            throw error("unexpected character")
        }
        position += length
        return value
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        var object = JSONObject()
        position += 1
        skipSpace()
        if peek == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("a member's name was expected") }
            let name = try string()
            skipSpace()
            guard peek == UInt8(ascii: ":") else { throw error("':' was expected") }
            position += 1
            object[name] = try value(depth: depth + 1)
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(object)
            default: throw error("',' or '}' was expected")
            }
        }
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        var items: [JSONValue] = []
        position += 1
        skipSpace()
        if peek == UInt8(ascii: "]") {
            position += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(items)
            default: throw error("',' or ']' was expected")
            }
        }
    }

    private mutating func number() throws -> JSONNumber {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let isZeroLed = peek == UInt8(ascii: "0")
        let count = digits()
        guard count > 0 else { throw error("unexpected character") }
        guard !isZeroLed || count == 1 else { throw error("a number with a leading zero") }
        if peek == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw error("a digit was expected") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw error("a digit was expected") }
        }
        return JSONNumber(literal: text(start, position))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, byte >= 0x30, byte <= 0x39 { position += 1 }
        return position - start
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    private mutating func string() throws -> String {
        position += 1
        let start = position
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return text(start, position - 1)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error("a control character in a string") }
            position += 1
        }
        throw error("a string without an end")
    }

    /// The rest of a string that has escapes; what stands before the first one starts at `start`.
    private mutating func escapedString(from start: Int) throws -> String {
        var units = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte >= 0x20 else { throw error("a control character in a string") }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard let escape = peek else { break }
            position += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "u"): units.append(contentsOf: String(try unicodeEscape()).utf8)
            default: throw error("an unknown escape")
            }
        }
        throw error("a string without an end")
    }

    /// The character of `\uXXXX`, or of a surrogate pair of them; the `\u` is behind.
    private mutating func unicodeEscape() throws -> Character {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        let isHigh = (0xD800..<0xDC00).contains(first)
        if isHigh, position + 1 < bytes.count, bytes[position] == 0x5C, bytes[position + 1] == UInt8(ascii: "u") {
            let before = position
            position += 2
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return Character(scalar)
            }
            position = before
        }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits were expected")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
