import Foundation

/// The status and headers of an answer.
public struct ResponseHead: Hashable, Sendable {
    /// The HTTP status code, or its counterpart.
    public let status: Int
    public let headers: HTTPHeaders
    /// The URL that was asked, when the transport has URLs.
    let url: URL?

    init(_ response: TransportResponse) {
        status = response.status
        headers = response.headers
        url = response.url
    }

    /// What to quote when asking the server's operators.
    public var requestID: String? { headers["x-request-id"] }
}

/// A value together with the answer that it came in.
public struct RawResponse<Value: Sendable>: Sendable {
    /// The decoded answer.
    public let value: Value
    /// The HTTP status code, or its counterpart.
    public let status: Int
    public let headers: HTTPHeaders

    /// What to quote when asking the server's operators.
    public var requestID: String? { headers["x-request-id"] }
}

/// A complete answer.
struct WholeAnswer: Sendable {
    enum Body: Sendable {
        case bytes(Data)
        case json(JSONValue)
    }

    let head: ResponseHead
    let body: Body

    /// The body as bytes.
    var data: Data {
        switch body {
        case .bytes(let data): return data
        case .json(let value): return value.data
        }
    }

    /// The body as text, in the charset that its content type names; UTF-8 without one, or for one that is not known here.
    var text: String {
        let parameters = (head.headers["content-type"] ?? "").lowercased().split(separator: ";").dropFirst()
        let charset = parameters.map { $0.trimmingCharacters(in: .whitespaces) }.first { $0.hasPrefix("charset=") }
        let name = charset.map { $0.dropFirst("charset=".count).filter { $0 != "\"" } } ?? "utf-8"
        let decoded = Self.charsets[name].flatMap { String(data: data, encoding: $0) }
        return decoded ?? String(decoding: data, as: UTF8.self)
    }

    private static let charsets: [String: String.Encoding] = [
        "iso-8859-1": .isoLatin1, "latin1": .isoLatin1, "us-ascii": .ascii, "iso-8859-2": .isoLatin2,
        "windows-1250": .windowsCP1250, "windows-1251": .windowsCP1251, "windows-1252": .windowsCP1252,
        "utf-16": .utf16, "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
        "shift_jis": .shiftJIS, "euc-jp": .japaneseEUC
    ]

    /// The body as JSON.
    ///
    /// - Throws: ``APIDecodingError`` when it is none.
    func json(_ call: String) throws -> JSONValue {
        guard case .bytes(let data) = body else {
            if case .json(let value) = body { return value }
            return .null
        }
        guard !data.isEmpty else { throw APIDecodingError("\(call): empty body", body: data) }
        guard String(data: data, encoding: .utf8) != nil else {
            throw APIDecodingError("\(call): the answer is not JSON in UTF-8", body: data)
        }
        do {
            return try JSONValue(parsing: data)
        } catch {
            throw APIDecodingError("\(call): the answer is not JSON: \(error)", body: data)
        }
    }
}

/// An answer that comes in one of several forms, as its `Content-Type` says.
///
/// ```swift
/// switch try await client.reports.content(id: id) {
/// case .json(let report): print(report)
/// case .text(let text): print(text)
/// case .binary(let file): try await file.write(to: url)
/// }
/// ```
public enum MixedAnswer<Value: JSONCodable>: Sendable {
    case json(Value)
    case text(String)
    case binary(BinaryResponse)
}

/// A file that the server sends. Its bytes are still on their way: take them once, in one of these ways.
///
/// ```swift
/// let file = try await client.files.content(fileID: id)
/// try await file.write(to: URL(fileURLWithPath: "speech.mp3"))
/// ```
public struct BinaryResponse: Sendable {
    /// The status and headers.
    public let head: ResponseHead
    private let watch: IdleWatch

    init(head: ResponseHead, bytes: ByteStream, idleTimeout: TimeInterval) {
        self.head = head
        watch = IdleWatch(bytes, seconds: idleTimeout)
    }

    /// The media type that the server gave.
    public var contentType: String? { head.headers["content-type"] }

    /// The bytes as they arrive. Letting go of the sequence closes the connection.
    public var chunks: ByteStream {
        let watch = watch
        return ByteStream(read: { try await watch.next() }, close: { watch.cancel() })
    }

    /// All bytes.
    public func data() async throws -> Data { try await chunks.collect() }

    /// Writes the bytes to a file as they arrive, replacing it. What was there stays when the download fails.
    public func write(to url: URL) async throws {
        let partial = url.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString).part")
        guard FileManager.default.createFile(atPath: partial.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
        }
        do {
            let handle = try FileHandle(forWritingTo: partial)
            defer { try? handle.close() }
            for try await chunk in chunks { try handle.write(contentsOf: chunk) }
            // In one step: there is always a whole file, and a folder is never replaced.
            guard rename(partial.path, url.path) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO, userInfo: [NSFilePathErrorKey: url.path])
            }
        } catch {
            try? FileManager.default.removeItem(at: partial)
            throw error
        }
    }
}
