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
    /// Text, as its bytes: the way a file stands in JSON where a form is described by one.
    public init?(jsonValue: JSONValue) {
        guard case .string(let text) = jsonValue else { return nil }
        self.init(Data(text.utf8))
    }

    public var jsonValue: JSONValue { .string((try? data()).map { String(decoding: $0, as: UTF8.self) } ?? "") }
    public static var standIn: Upload { Upload(Data()) }
}
