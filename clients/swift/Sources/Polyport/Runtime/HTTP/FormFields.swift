import Foundation

/// A union that has files among its values.
public protocol FileCarrying: JSONCodable {
    /// The files; nil when the value is something else.
    var uploads: [Upload]? { get }
}

/// The members of a form, in order, for `multipart/form-data` or `application/x-www-form-urlencoded`.
public struct FormFields: Sendable {
    enum Value: Sendable {
        case json(JSONValue, contentType: String?)
        /// Written as a query parameter of its style is.
        case styled(APIArgument)
        case file(Upload, contentType: String?)
    }

    private(set) var fields: [(name: String, value: Value)] = []

    /// A form without members.
    public init() {}

    /// The members of any object.
    init(_ json: JSONValue) {
        for member in json.objectValue ?? JSONObject() { add(member.name, member.value) }
    }

    /// Adds a file, unless it is nil. The content type counts unless the file has one of its own.
    public mutating func add(_ name: String, _ upload: Upload?, contentType: String? = nil) {
        if let upload { fields.append((name, .file(upload, contentType: contentType))) }
    }

    /// Adds several files under one name.
    public mutating func add(_ name: String, _ uploads: [Upload]?, contentType: String? = nil) {
        for upload in uploads ?? [] { add(name, upload, contentType: contentType) }
    }

    /// Adds a value that may be files, unless it is nil.
    public mutating func add<Other: FileCarrying>(_ name: String, _ value: Other?, contentType: String? = nil) {
        if let uploads = value?.uploads {
            add(name, uploads, contentType: contentType)
        } else {
            addValue(name, value, contentType: contentType)
        }
    }

    /// Adds a value, unless it is nil: scalars as text, the items of an array one by one, objects as JSON.
    public mutating func add<Other: JSONCodable>(_ name: String, _ value: Other?, contentType: String? = nil) {
        addValue(name, value, contentType: contentType)
    }

    /// Adds a value that is written as a query parameter of this style is, unless it is nil.
    public mutating func add<Other: JSONCodable>(
        _ name: String, _ value: Other?, style: ParameterStyle, explode: Bool
    ) {
        guard let json = value?.jsonValue, json != .null else { return }
        let argument = APIArgument(
            location: .query, name: name, value: json, style: style, explode: explode, allowReserved: false)
        fields.append((name, .styled(argument)))
    }

    /// Adds the members that no property has.
    public mutating func add(_ extras: Extras) {
        for entry in extras.entries where entry.kind == .unknown { add(entry.member.name, entry.member.value) }
    }

    /// Adds members, replacing those of the same name.
    mutating func replace(_ members: JSONObject) {
        let names = Set(members.map(\.name))
        fields.removeAll { names.contains($0.name) }
        for member in members { add(member.name, member.value) }
    }

    private mutating func addValue<Other: JSONCodable>(_ name: String, _ value: Other?, contentType: String?) {
        guard let json = value?.jsonValue, json != .null else { return }
        fields.append((name, .json(json, contentType: contentType)))
    }

    /// As `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
    func urlEncoded() -> Data {
        let encode: (String) -> String = {
            ParameterEncoding.percentEncoded($0).replacingOccurrences(of: "%20", with: "+")
        }
        let pairs = fields.flatMap { field -> [String] in
            switch field.value {
            case .json(let value, let type):
                let items = isJSON(type) ? [.string(value.text)] : value.arrayValue ?? [value]
                return items.map { "\(encode(field.name))=\(encode(ParameterEncoding.text($0)))" }
            case .styled(let argument):
                return ParameterEncoding.query([argument]).map { $0.replacingOccurrences(of: "%20", with: "+") }
            case .file(let upload, _): return ["\(encode(field.name))=\(encode(upload.jsonValue.stringValue ?? ""))"]
            }
        }
        return Data(pairs.joined(separator: "&").utf8)
    }

    /// As `multipart/form-data` (RFC 7578) in pieces, so that files need not be in memory.
    func multipart(boundary: String) -> [Upload] {
        var pieces: [Upload] = []
        for field in fields {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(quoted(field.name))\""
            switch field.value {
            case .styled(let argument): pieces += styledParts(argument, boundary)
            case .json(let value, let contentType): pieces += parts(value, contentType, head)
            case .file(let upload, let contentType):
                let name = upload.filename ?? field.name
                let single = contentType.flatMap { $0.contains(where: { $0 == "," || $0 == "*" }) ? nil : $0 }
                let type = upload.contentType ?? single ?? Upload.type(ofName: name)
                let more = "; filename=\"\(quoted(name))\"\r\nContent-Type: \(type)\r\n\r\n"
                pieces += [Upload(Data((head + more).utf8)), upload, Upload(Data("\r\n".utf8))]
            }
        }
        pieces.append(Upload(Data("--\(boundary)--\r\n".utf8)))
        return pieces
    }

    /// A part for each pair that the style gives; nothing in a form is percent-encoded.
    private func styledParts(_ argument: APIArgument, _ boundary: String) -> [Upload] {
        ParameterEncoding.query([argument]).map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let texts = halves.map { String($0).removingPercentEncoding ?? String($0) }
            let name = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(quoted(texts[0]))\""
            return Upload(Data("\(name)\r\n\r\n\(texts.count > 1 ? texts[1] : "")\r\n".utf8))
        }
    }

    /// A value as parts: one for each item of an array.
    private func parts(_ value: JSONValue, _ contentType: String?, _ head: String) -> [Upload] {
        (value.arrayValue ?? [value]).filter { $0 != .null }.map { item in
            let isDeep = item.arrayValue != nil || item.objectValue != nil
            let type = contentType ?? (isDeep ? "application/json" : nil)
            let text = isJSON(contentType) ? item.text : ParameterEncoding.text(item)
            return Upload(Data("\(head)\(type.map { "\r\nContent-Type: \($0)" } ?? "")\r\n\r\n\(text)\r\n".utf8))
        }
    }

    private func isJSON(_ contentType: String?) -> Bool { contentType?.hasSuffix("json") ?? false }

    /// A name between quotes (WHATWG HTML, multipart/form-data encoding).
    private func quoted(_ name: String) -> String {
        name.replacingOccurrences(of: "\"", with: "%22").replacingOccurrences(of: "\r", with: "%0D")
            .replacingOccurrences(of: "\n", with: "%0A")
    }
}
