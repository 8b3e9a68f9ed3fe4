import Foundation

/// Writes parameters into paths, queries, headers and cookies (OpenAPI 3.1, Style Examples; RFC 6570).
enum ParameterEncoding {
    /// The text of a scalar, as it stands in a URL before it is percent-encoded.
    static func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        return value.text
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3), or also leaves the reserved ones.
    static func percentEncoded(_ text: String, allowReserved: Bool = false) -> String {
        var out = ""
        let kept = allowReserved ? "-._~:/?#[]@!$&'()*+,;=" : "-._~"
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || kept.contains(character) {
                out.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return out
    }

    /// The path with its parameters filled in.
    ///
    /// - Throws: ``APIError`` for a value that would name another path.
    static func path(_ template: String, _ arguments: [APIArgument]) throws -> String {
        var path = template
        for argument in arguments where argument.location == .path {
            let text = segment(argument)
            if text.isEmpty || text == "." || text == ".." {
                throw APIError("the path parameter \(argument.name) of \(template) cannot be '\(text)'")
            }
            path = path.replacingOccurrences(of: "{\(argument.name)}", with: text)
        }
        return path
    }

    private static func segment(_ argument: APIArgument) -> String {
        let encode: (String) -> String = { percentEncoded($0, allowReserved: argument.allowReserved) }
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
            return items.map { ";\(name)=\(encode(text($0)))" }.joined()
        case (.matrix, .array(let items)):
            return ";\(name)=" + items.map { encode(text($0)) }.joined(separator: ",")
        case (.matrix, .object(let object)) where argument.explode:
            return pairs(object, "=", encode).map { ";\($0)" }.joined()
        case (.matrix, .object(let object)): return ";\(name)=" + pairs(object, ",", encode).joined(separator: ",")
        case (.matrix, let value): return ";\(name)=" + encode(text(value))
        default: return simple(argument, encode)
        }
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
        object.map { encode($0.name) + between + encode(text($0.value)) }
    }

    /// The query parameters as encoded `name=value` pairs.
    static func query(_ arguments: [APIArgument]) -> [String] {
        arguments.filter { $0.location == .query }.flatMap(queryItems)
    }

    private static func queryItems(_ argument: APIArgument) -> [String] {
        let encode: (String) -> String = { percentEncoded($0, allowReserved: argument.allowReserved) }
        let name = percentEncoded(argument.name)
        switch (argument.style, argument.value) {
        case (.json, let value): return ["\(name)=\(encode(value.text))"]
        case (.deepObject, .object(let object)): return deep(name, object, encode)
        case (_, .array(let items)):
            let texts = items.map { encode(text($0)) }
            if argument.explode { return texts.map { "\(name)=\($0)" } }
            return texts.isEmpty ? [] : ["\(name)=\(texts.joined(separator: separator(argument.style)))"]
        case (_, .object(let object)):
            if argument.explode { return pairs(object, "=", encode) }
            let flat = object.flatMap { [encode($0.name), encode(text($0.value))] }
            return flat.isEmpty ? [] : ["\(name)=\(flat.joined(separator: separator(argument.style)))"]
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

    private static func deep(_ prefix: String, _ object: JSONObject, _ encode: (String) -> String) -> [String] {
        object.flatMap { member -> [String] in
            let name = "\(prefix)[\(percentEncoded(member.name))]"
            switch member.value {
            case .object(let inner): return deep(name, inner, encode)
            case .array(let items): return items.map { "\(escapedBrackets(name))=\(encode(text($0)))" }
            case let value: return ["\(escapedBrackets(name))=\(encode(text(value)))"]
            }
        }
    }

    /// Brackets are not allowed in a query as they are (RFC 3986, 3.4).
    private static func escapedBrackets(_ name: String) -> String {
        name.replacingOccurrences(of: "[", with: "%5B").replacingOccurrences(of: "]", with: "%5D")
    }

    /// The header parameters.
    static func headers(_ arguments: [APIArgument]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for argument in arguments where argument.location == .header {
            headers[argument.name] = argument.style == .json ? argument.value.text : simple(argument) { $0 }
        }
        return headers
    }

    /// The cookie parameters as the value of the `Cookie` header; nil when there are none.
    static func cookies(_ arguments: [APIArgument]) -> String? {
        let items = arguments.filter { $0.location == .cookie }.flatMap(queryItems)
        return items.isEmpty ? nil : items.joined(separator: "; ")
    }
}
