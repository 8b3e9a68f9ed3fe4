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
    /// The name that the server sees.
    public let filename: String
    /// The media type, `application/octet-stream` when not known.
    public let contentType: String

    /// A file on disk, with its own name unless another is given.
    public init(_ url: URL, filename: String? = nil, contentType: String = "application/octet-stream") {
        source = .file(url)
        self.filename = filename ?? url.lastPathComponent
        self.contentType = contentType
    }

    /// Bytes.
    public init(_ data: Data, filename: String = "upload", contentType: String = "application/octet-stream") {
        source = .data(data)
        self.filename = filename
        self.contentType = contentType
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
            data, filename: jsonValue["filename"]?.stringValue ?? "upload",
            contentType: jsonValue["content_type"]?.stringValue ?? "application/octet-stream")
    }

    public var jsonValue: JSONValue {
        let text = (try? data())?.base64EncodedString() ?? ""
        return ["base64": .string(text), "filename": .string(filename), "content_type": .string(contentType)]
    }

    public static var standIn: Upload { Upload(Data()) }
}
