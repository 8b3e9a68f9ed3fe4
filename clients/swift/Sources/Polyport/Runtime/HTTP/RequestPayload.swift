import Foundation

/// A request's body as URLSession takes it.
struct RequestPayload: Sendable {
    enum Content: Sendable {
        case none
        case data(Data)
        /// A file, and what deletes it when it is only there for this request.
        case file(URL, TemporaryFile?)
    }

    /// Larger multipart bodies with files are put together on disk.
    private static let spooled = 8 << 20

    var content = Content.none
    var contentType: String?

    init(_ body: RequestBody) throws {
        switch body {
        case .none: break
        case .json(let value): (content, contentType) = (.data(value.data), "application/json")
        case .text(let text, let type): (content, contentType) = (.data(Data(text.utf8)), type)
        case .form(let form): (content, contentType) = (.data(form.urlEncoded()), "application/x-www-form-urlencoded")
        case .binary(let upload, let type):
            contentType = upload.contentType ?? type
            if case .file(let url) = upload.source {
                _ = try upload.size()  // URLSession says nothing of a file that is not there.
                content = .file(url, nil)
            } else {
                content = .data(try upload.data())
            }
        case .multipart(let form):
            let boundary = "----form-\(UUID().uuidString)"
            contentType = "multipart/form-data; boundary=\(boundary)"
            let pieces = form.multipart(boundary: boundary)
            let size = try pieces.reduce(0) { try $0 + $1.size() }
            if size <= Self.spooled {
                content = .data(try pieces.reduce(into: Data()) { $0.append(try $1.data()) })
            } else {
                let file = try TemporaryFile(pieces)
                content = .file(file.url, file)
            }
        }
    }
}

/// A file that is deleted when it is let go of.
final class TemporaryFile: Sendable {
    let url: URL

    init(_ pieces: [Upload]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("upload-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        for piece in pieces { try handle.write(contentsOf: try piece.data()) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
