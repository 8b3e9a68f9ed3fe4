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
        /// Written as a query parameter is, where the form is one long query.
        case styled(APIArgument)
        case file(Upload)
    }

    private(set) var fields: [(name: String, value: Value)] = []

    /// A form without members.
    public init() {}

    /// The members of any object.
    init(_ json: JSONValue) {
        for member in json.objectValue ?? JSONObject() { add(member.name, member.value) }
    }

    /// Adds a file, unless it is nil.
    public mutating func add(_ name: String, _ upload: Upload?) {
        if let upload { fields.append((name, .file(upload))) }
    }

    /// Adds several files under one name.
    public mutating func add(_ name: String, _ uploads: [Upload]?) {
        for upload in uploads ?? [] { fields.append((name, .file(upload))) }
    }

    /// Adds a value that may be files, unless it is nil.
    public mutating func add<Other: FileCarrying>(_ name: String, _ value: Other?, contentType: String? = nil) {
        if let uploads = value?.uploads {
            add(name, uploads)
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
        guard let json = value?.jsonValue else { return }
        let argument = APIArgument(
            location: .query, name: name, value: json, style: style, explode: explode, allowReserved: false)
        fields.append((name, .styled(argument)))
    }

    private mutating func addValue<Other: JSONCodable>(_ name: String, _ value: Other?, contentType: String?) {
        guard let value else { return }
        let json = value.jsonValue
        if case .array(let items) = json, contentType == nil {
            for item in items { fields.append((name, .json(item, contentType: nil))) }
        } else {
            fields.append((name, .json(json, contentType: contentType)))
        }
    }

    /// As `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
    func urlEncoded() -> Data {
        let encode: (String) -> String = {
            ParameterEncoding.percentEncoded($0).replacingOccurrences(of: "%20", with: "+")
        }
        let pairs = fields.flatMap { field -> [String] in
            switch field.value {
            case .json(let value, _): return ["\(encode(field.name))=\(encode(ParameterEncoding.text(value)))"]
            case .styled(let argument):
                return ParameterEncoding.query([argument]).map { $0.replacingOccurrences(of: "%20", with: "+") }
            case .file(let upload): return ["\(encode(field.name))=\(encode(upload.jsonValue.stringValue ?? ""))"]
            }
        }
        return Data(pairs.joined(separator: "&").utf8)
    }

    /// As `multipart/form-data` (RFC 7578) in pieces, so that files need not be in memory.
    func multipart(boundary: String) -> [Upload] {
        var pieces: [Upload] = []
        for field in fields {
            var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(quoted(field.name))\""
            switch field.value {
            case .styled(let argument):
                pieces.append(Upload(Data("\(head)\r\n\r\n\(ParameterEncoding.text(argument.value))".utf8)))
            case .json(let value, let contentType):
                if let contentType { head += "\r\nContent-Type: \(contentType)" }
                if contentType == nil, case .object = value { head += "\r\nContent-Type: application/json" }
                pieces.append(Upload(Data("\(head)\r\n\r\n\(ParameterEncoding.text(value))".utf8)))
            case .file(let upload):
                head += "; filename=\"\(quoted(upload.filename))\"\r\nContent-Type: \(upload.contentType)\r\n\r\n"
                pieces.append(Upload(Data(head.utf8)))
                pieces.append(upload)
            }
            pieces.append(Upload(Data("\r\n".utf8)))
        }
        pieces.append(Upload(Data("--\(boundary)--\r\n".utf8)))
        return pieces
    }

    /// A name between quotes (WHATWG HTML, multipart/form-data encoding).
    private func quoted(_ name: String) -> String {
        name.replacingOccurrences(of: "\"", with: "%22").replacingOccurrences(of: "\r", with: "%0D")
            .replacingOccurrences(of: "\n", with: "%0A")
    }
}
