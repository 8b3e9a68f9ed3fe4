import Foundation

/// Writes parameters into paths, queries, headers and cookies (OpenAPI 3.1, Style Examples; RFC 6570).
enum ParameterEncoding {
    /// The text of a scalar, as it stands in a URL before it is percent-encoded.
    static func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        return value.text
    }

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    /// What reserved expansion leaves as it is (RFC 6570, 3.2.3), without `#[]`, which no query may hold (RFC 3986, 3.4),
    /// and `'`, which browsers encode.
    private static let reserved = unreserved.union(":/?@!$&()*+,;=".utf8)
    /// What stays in the template of a path: what a URL may hold, and the braces of parameters.
    private static let template = reserved.union("#[]'%{}".utf8)
    /// What a cookie may hold (RFC 6265, 4.1.1).
    private static let cookie = template.union("^`|<>".utf8).subtracting(",;".utf8)

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3), or also leaves reserved ones, and with them what
    /// is percent-encoded already.
    static func percentEncoded(_ text: String, allowReserved: Bool = false) -> String {
        let bytes = Array(text.utf8)
        guard allowReserved else { return encoded(bytes, keeping: unreserved) }
        let isDigit: (Int) -> Bool = { $0 < bytes.count && Character(Unicode.Scalar(bytes[$0])).isHexDigit }
        return bytes.indices.map { place in
            let isTriple = bytes[place] == UInt8(ascii: "%") && isDigit(place + 1) && isDigit(place + 2)
            return isTriple ? "%" : encoded([bytes[place]], keeping: reserved)
        }.joined()
    }

    /// A credential as a cookie may hold it.
    static func cookieText(_ text: String) -> String { encoded(text.utf8, keeping: cookie) }

    private static func encoded(_ bytes: some Sequence<UInt8>, keeping kept: Set<UInt8>) -> String {
        var out: [UInt8] = []
        for byte in bytes {
            if kept.contains(byte) {
                out.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += (byte < 16 ? "%0\(digits)" : "%\(digits)").utf8
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The path with its parameters filled in.
    ///
    /// - Throws: ``APIError`` for a value that would name another path.
    static func path(_ template: String, _ arguments: [APIArgument]) throws -> String {
        // A URL with a single character that it may not hold would be encoded once more as a whole.
        var path = encoded(template.utf8, keeping: Self.template)
        for argument in arguments where argument.location == .path {
            let encoded = hasNothing(argument) ? "" : segment(argument)
            let text = argument.allowReserved ? encoded.replacingOccurrences(of: "%2F", with: "/") : encoded
            if text.isEmpty || text == "." && argument.style == .label {
                throw APIError("the path parameter \(argument.name) of \(template) cannot be empty")
            }
            path = path.replacingOccurrences(of: Self.encoded("{\(argument.name)}".utf8, keeping: Self.template), with: text)
        }
        let own = template.split(separator: "/")
        for step in path.split(separator: "/") where step == "." || step == ".." {
            if !own.contains(step) {
                throw APIError("a path parameter of \(template) cannot make the segment '\(step)'")
            }
        }
        return path
    }

    /// Whether there is nothing that a style could write.
    private static func hasNothing(_ argument: APIArgument) -> Bool {
        if argument.style == .json { return false }
        switch argument.value {
        case .null: return true
        case .array(let items): return items.isEmpty
        case .object(let object): return pairs(object, "", { $0 }).isEmpty
        default: return false
        }
    }

    private static func segment(_ argument: APIArgument) -> String {
        let encode: (String) -> String = { percentEncoded($0) }
        let name = argument.name
        switch (argument.style, argument.value) {
        case (.json, let value): return encode(value.text)
        case (.label, .array(let items)):
            return "." + items.map { encode(text($0)) }.joined(separator: argument.explode ? "." : ",")
        case (.label, .object(let object)):
            return "."
                + pairs(object, argument.explode ? "=" : ",", encode).joined(separator: argument.explode ? "." : ",")
        case (.label, let value): return "." + encode(text(value))
        case (.matrix, .array(let items)) where argument.explode:
            return items.map { matrix(name, encode(text($0))) }.joined()
        case (.matrix, .array(let items)):
            return matrix(name, items.map { encode(text($0)) }.joined(separator: ","))
        case (.matrix, .object(let object)) where argument.explode:
            return present(object).map { matrix(percentEncoded($0.name), encode(text($0.value))) }.joined()
        case (.matrix, .object(let object)): return matrix(name, pairs(object, ",", encode).joined(separator: ","))
        case (.matrix, let value): return matrix(name, encode(text(value)))
        default: return simple(argument, encode)
        }
    }

    /// Without a value there is no `=` either (RFC 6570, 3.2.7).
    private static func matrix(_ name: String, _ text: String) -> String {
        text.isEmpty ? ";\(name)" : ";\(name)=\(text)"
    }

    /// The simple style: paths and headers.
    private static func simple(_ argument: APIArgument, _ encode: (String) -> String) -> String {
        switch argument.value {
        case .array(let items): return items.map { encode(text($0)) }.joined(separator: ",")
        case .object(let object):
            return pairs(object, argument.explode ? "=" : ",", encode).joined(separator: ",")
        case let value: return encode(text(value))
        }
    }

    private static func pairs(_ object: JSONObject, _ between: String, _ encode: (String) -> String) -> [String] {
        present(object).map { encode($0.name) + between + encode(text($0.value)) }
    }

    /// Members that are null are left out: no style can write them.
    private static func present(_ object: JSONObject) -> [(name: String, value: JSONValue)] {
        object.compactMap { $0.value == .null ? nil : (name: $0.name, value: $0.value) }
    }

    /// The query parameters as encoded `name=value` pairs.
    static func query(_ arguments: [APIArgument]) -> [String] {
        arguments.filter { $0.location == .query }.flatMap(queryItems)
    }

    private static func queryItems(_ argument: APIArgument) -> [String] {
        let encode: (String) -> String = { percentEncoded($0, allowReserved: argument.allowReserved) }
        let name = percentEncoded(argument.name)
        switch (argument.style, argument.value) {
        case (.json, let value): return ["\(name)=\(percentEncoded(value.text))"]
        case _ where hasNothing(argument): return []
        case (.deepObject, .object), (.deepObject, .array): return deep(name, argument.value, encode)
        case (_, .array(let items)):
            let texts = items.map { encode(text($0)) }
            if argument.explode { return texts.map { "\(name)=\($0)" } }
            return ["\(name)=\(texts.joined(separator: separator(argument.style)))"]
        case (_, .object(let object)):
            if argument.explode {
                return present(object).map { "\(percentEncoded($0.name))=\(encode(text($0.value)))" }
            }
            let flat = present(object).flatMap { [encode($0.name), encode(text($0.value))] }
            return ["\(name)=\(flat.joined(separator: separator(argument.style)))"]
        case (_, let value): return ["\(name)=\(encode(text(value)))"]
        }
    }

    private static func separator(_ style: ParameterStyle) -> String {
        switch style {
        case .spaceDelimited: return "%20"
        case .pipeDelimited: return "%7C"
        default: return ","
        }
    }

    /// Brackets for every step: no document says so, but servers that read brackets read these (qs, Rack, PHP).
    private static func deep(_ name: String, _ value: JSONValue, _ encode: (String) -> String) -> [String] {
        switch value {
        case .object(let object):
            return present(object).flatMap { deep("\(name)%5B\(percentEncoded($0.name))%5D", $0.value, encode) }
        case .array(let items):
            return items.enumerated().flatMap { place, item -> [String] in
                let isDeep = item.arrayValue != nil || item.objectValue != nil
                return deep("\(name)%5B\(isDeep ? String(place) : "")%5D", item, encode)
            }
        case .null: return []
        default: return ["\(name)=\(encode(text(value)))"]
        }
    }

    /// The header parameters.
    static func headers(_ arguments: [APIArgument]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for argument in arguments where argument.location == .header && !hasNothing(argument) {
            headers[argument.name] = argument.style == .json ? ascii(argument.value.text) : simple(argument) { $0 }
        }
        return headers
    }

    /// JSON text in ASCII, which is what a header holds.
    private static func ascii(_ json: String) -> String {
        json.utf16.map { unit in
            if unit < 0x7F { return String(UnicodeScalar(UInt8(unit))) }
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// The cookie parameters as the value of the `Cookie` header; nil when there are none.
    static func cookies(_ arguments: [APIArgument]) -> String? {
        let items = arguments.filter { $0.location == .cookie }.flatMap(queryItems)
        return items.isEmpty ? nil : items.joined(separator: "; ")
    }
}
