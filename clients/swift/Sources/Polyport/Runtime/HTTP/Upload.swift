import Foundation

/// A file to send: from disk, which is not read into memory, or from bytes.
///
/// ```swift
/// Upload(URL(fileURLWithPath: "speech.mp3"))
/// Upload(data, filename: "speech.mp3", contentType: "audio/mpeg")
/// ```
public struct Upload: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        case file(URL)
        case data(Data)
    }

    let source: Source
    /// The name that the server sees; without one, that of the member that the file is sent as.
    public let filename: String?
    /// The media type; without one, what the API's description or else the name tells.
    public let contentType: String?

    /// A file on disk, with its own name unless another is given.
    public init(_ url: URL, filename: String? = nil, contentType: String? = nil) {
        source = .file(url)
        self.filename = filename ?? url.lastPathComponent
        self.contentType = contentType
    }

    /// Bytes.
    public init(_ data: Data, filename: String? = nil, contentType: String? = nil) {
        source = .data(data)
        self.filename = filename
        self.contentType = contentType
    }

    /// The media types of files by the end of their names.
    private static let types = [
        "csv": "text/csv",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "flac": "audio/flac",
        "gif": "image/gif",
        "gz": "application/gzip",
        "heic": "image/heic",
        "html": "text/html",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "json": "application/json",
        "jsonl": "application/jsonl",
        "m4a": "audio/mp4",
        "md": "text/markdown",
        "mov": "video/quicktime",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "mpeg": "video/mpeg",
        "mpga": "audio/mpeg",
        "oga": "audio/ogg",
        "ogg": "audio/ogg",
        "pdf": "application/pdf",
        "png": "image/png",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "svg": "image/svg+xml",
        "tar": "application/x-tar",
        "txt": "text/plain",
        "wav": "audio/wav",
        "webm": "video/webm",
        "webp": "image/webp",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml": "application/xml",
        "yaml": "application/yaml",
        "zip": "application/zip"
    ]

    /// The media type that a file's name tells.
    static func type(ofName name: String) -> String {
        types[name.split(separator: ".").last?.lowercased() ?? ""] ?? "application/octet-stream"
    }

    /// How many bytes there are.
    ///
    /// - Throws: What asking for the file's attributes throws.
    func size() throws -> Int {
        switch source {
        case .data(let data): return data.count
        case .file(let url): return try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        }
    }

    /// The bytes. A file is mapped rather than read where the system can.
    ///
    /// - Throws: What reading the file throws.
    func data() throws -> Data {
        switch source {
        case .data(let data): return data
        case .file(let url): return try Data(contentsOf: url, options: .mappedIfSafe)
        }
    }
}

extension Upload: JSONCodable {
    /// Reads text, or an object with `text` or `base64` and perhaps `filename` and `content_type`: the way in which a
    /// file can stand in JSON, for tests and tools. It is never sent like that.
    public init?(jsonValue: JSONValue) {
        let encoded = jsonValue["base64"]?.stringValue.flatMap { Data(base64Encoded: $0) }
        guard let data = encoded ?? (jsonValue["text"] ?? jsonValue).stringValue.map({ Data($0.utf8) }) else {
            return nil
        }
        self.init(
            data, filename: jsonValue["filename"]?.stringValue, contentType: jsonValue["content_type"]?.stringValue)
    }

    public var jsonValue: JSONValue {
        let text = (try? data())?.base64EncodedString() ?? ""
        var json: JSONObject = ["base64": .string(text)]
        if let filename { json["filename"] = .string(filename) }
        if let contentType { json["content_type"] = .string(contentType) }
        return .object(json)
    }

    public static var standIn: Upload { Upload(Data()) }
}
